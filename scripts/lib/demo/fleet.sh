# shellcheck shell=bash
# The demo's controller, policy and card.

swarmctl() { "$ROOT/scripts/swarmctl" "$@"; }

# The environment that both the controller and its command line are run in; env is for people's shells.
write_environment() {
  local https gateway
  https=$(free_port 8443)
  gateway=$(free_port "$((https + 1))")
  cat >"$STATE/env" <<EOF
export SWARMCTL_CONFIG=/dev/null
export SWARMCTL_DATA_DIRECTORY=$STATE/data
export SWARMCTL_HTTPS_PORT=$https
export SWARMCTL_GATEWAY_PORT=$gateway
export SWARMCTL_MDNS=false
export XDG_CONFIG_HOME=$STATE/config
EOF
  # shellcheck disable=SC1091
  . "$STATE/env"
}

# free_port PORT: the first that nobody listens on, from that one on.
free_port() {
  local port=$1
  while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

start_controller() {
  write_environment
  setsid "$ROOT/scripts/swarmctl" controller </dev/null >"$STATE/logs/controller.log" 2>&1 &
  note_process "$STATE/controller.pid" $!
  disown
  within 60 controller_has_started || die "the controller did not start" "$(tail -n 20 "$STATE/logs/controller.log")"
  noted_process "$STATE/controller.pid" >/dev/null ||
    die "the controller ended" "$(tail -n 20 "$STATE/logs/controller.log")"
  say "controller: https://localhost:$SWARMCTL_HTTPS_PORT, agents on port $SWARMCTL_GATEWAY_PORT"
}

# It has greeted, or is no more.
controller_has_started() {
  grep -q '^ *next ' "$STATE/logs/controller.log" || process_is_gone "$STATE/controller.pid"
}

# apply_policy MANAGERS
apply_policy() {
  (umask 077 && head -c 12 /dev/urandom | base64 >"$STATE/password" && write_policy "$1" >"$STATE/fleet.yaml")
  swarmctl fleet apply --yes -f "$STATE/fleet.yaml" >"$STATE/logs/apply.log"
}

# A new board arrives within two seconds of the last here, so that ten tell that all are there.
write_policy() {
  cat <<EOF
version: 1
user:
  name: pi
  passwordHash: '$(password_hash <"$STATE/password")'
docker:
  source: debian
swarm:
  addressPools: [10.20.0.0/16]
roles:
  auto:
    managers: $1
    settle: 10s
EOF
}

# Of a password on standard input, as crypt(5) has it.
password_hash() {
  local salt
  salt=$(head -c 12 /dev/urandom | base64 | tr -d '+/=')
  # shellcheck disable=SC2016 # the dollars are crypt's
  SALT=$salt perl -e 'chomp(my $password = <STDIN>); print crypt($password, q($6$) . $ENV{SALT})'
}

make_card() {
  (umask 077 && swarmctl enrolment create --expires 1d -o json | jq -r .text >"$STATE/enrolment.key")
  "$ROOT/scripts/card" --controller "${LAB_NET:-10.77.0}.1:$SWARMCTL_GATEWAY_PORT" --ca "$STATE/data/ca.crt" \
    --enrolment-key-file "$STATE/enrolment.key" --device-tree /opt/hardware/device-tree --out "$STATE/card"
}

# a_manager: sets MANAGER_NODE to a manager's name, MANAGER to what the lab calls that Pi: there it goes by its
# board, here by the order of arrival.
a_manager() {
  local id
  read -r id MANAGER_NODE < <(swarmctl nodes list -o json |
    jq -r '[.nodes[] | select(.membership == "manager")][0] | "\(.id) \(.name)"')
  MANAGER=$("$ROOT/scripts/lab" list -o json | jq -r --arg id "$id" '.[] | select(.serial == $id).name')
}
