# shellcheck shell=bash
# The demo's policy and image.

swarmctl() { "$ROOT/scripts/swarmctl" "$@"; }

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
$(docker_source)
swarm:
  addressPools: [10.20.0.0/16]
roles:
  auto:
    managers: $1
    settle: 10s
packages:
  cache:
    enabled: $([ "$DIRECT" = true ] && echo false || echo true)
    docker: $GATHERED
EOF
}

docker_source() {
  if [ "$DOCKER_REPOSITORY" = true ]; then
    say '  source: repository'
    say '  repository: https://download.docker.com/linux/debian'
  else
    say '  source: debian'
  fi
}

# Of a password on standard input, as crypt(5) has it.
password_hash() {
  local salt
  salt=$(head -c 12 /dev/urandom | base64 | tr -d '+/=')
  # shellcheck disable=SC2016 # the dollars are crypt's
  SALT=$salt perl -e 'chomp(my $password = <STDIN>); print crypt($password, q($6$) . $ENV{SALT})'
}

# make_image: the fleet's one image, out of a base laid out as the published ones. Whoever checks for secrets later has
# to know the enrolment key.
make_image() {
  local base started options=()
  "$ROOT/scripts/card" kit --arch "$(dpkg --print-architecture)" >"$STATE/logs/kit.log"
  base=$("$ROOT/scripts/lab" base)
  [ "$WITH_DOCKER" = false ] || gather_docker "$STATE/docker-packages"
  [ "$WITH_DOCKER" = false ] || options+=(--with-docker "$STATE/docker-packages")
  started=$(now)
  quietly "$STATE/logs/image.log" "$ROOT/scripts/swarmctl" image build --base "$base" --out "$STATE/fleet.img" \
    --controller "${LAB_NET:-10.77.0}.1:$SWARMCTL_GATEWAY_PORT" --expires 1d --uses 1000 "${options[@]}"
  say "built the image in $(seconds_since "$started") s"
  (umask 077 && mcopy -n -i "$STATE/fleet.img@@8M" ::swarmctl-secrets.tar - |
    tar -xO etc/swarm-agent/enrolment.key >"$STATE/enrolment.key")
}

# gather_docker DIRECTORY
gather_docker() {
  say "gathering Docker and what it needs"
  quietly "$STATE/logs/fetch-docker.log" "$ROOT/scripts/swarmctl" image fetch-docker \
    --arch "$(dpkg --print-architecture)" --suite bookworm "$1"
}

# a_manager: sets MANAGER_NODE to a manager's name, MANAGER to what the lab calls that Pi: there it goes by its
# board, here by the order of arrival.
a_manager() {
  local id
  read -r id MANAGER_NODE < <(swarmctl nodes list -o json |
    jq -r '[.nodes[] | select(.membership == "manager")][0] | "\(.id) \(.name)"')
  MANAGER=$("$ROOT/scripts/lab" list -o json | jq -r --arg id "$id" '.[] | select(.serial == $id).name')
}
