# shellcheck shell=bash
# The demo's controller. Needs STATE, its directory, and ROOT; FIRST_PORT is where to look for free ports from.

# The environment that both the controller and its command line are run in; env is for people's shells too, where
# swarmctl is to be typed as everything says that it is: among the scripts there is a test, which is not to be found.
write_environment() {
  local https gateway
  mkdir -p "$STATE/bin"
  ln -sf "$ROOT/scripts/swarmctl" "$STATE/bin/swarmctl"
  https=$(free_port "$FIRST_PORT")
  gateway=$(free_port "$((https + 1))")
  cat >"$STATE/env" <<EOF
export SWARMCTL_CONFIG=/dev/null
export SWARMCTL_DATA_DIRECTORY=$STATE/data
export SWARMCTL_HTTPS_PORT=$https
export SWARMCTL_GATEWAY_PORT=$gateway
export SWARMCTL_MDNS=false
export SWARMCTL_CACHE_UPSTREAMS=$(mirror_hosts)
export XDG_CONFIG_HOME=$STATE/config
export PATH=$STATE/bin:\$PATH
EOF
  # shellcheck disable=SC1091
  . "$STATE/env"
}

# The hosts of this machine's package servers, which may be inside its own network; with commas.
mirror_hosts() {
  # shellcheck disable=SC2016 # the field is apt's, not the shell's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' |
    sed -nE 's,^https?://([^/@]+)/.*,\1,p' | sort -u | paste -sd,
}

# free_port PORT: the first that nobody listens on, from that one on.
free_port() {
  local port=$1
  while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

# start_controller: on the data and ports that it has, or on new ones when there are none.
start_controller() {
  local log=$STATE/logs/controller.log
  # shellcheck disable=SC1091
  if [ -e "$STATE/env" ]; then . "$STATE/env"; else write_environment; fi
  touch "$log"
  GREETING_AFTER=$(stat -c %s "$log")
  setsid "$ROOT/scripts/swarmctl" controller </dev/null >>"$log" 2>&1 &
  note_process "$STATE/controller.pid" $!
  disown
  within 60 controller_has_started || die "the controller did not start" "$(tail -n 20 "$log")"
  noted_process "$STATE/controller.pid" >/dev/null ||
    die "the controller ended" "$(tail -n 20 "$log")"
  say "controller: https://localhost:$SWARMCTL_HTTPS_PORT, agents on port $SWARMCTL_GATEWAY_PORT"
}

# It has greeted, or is no more.
controller_has_started() {
  grep -q '^ *next ' <(tail -c "+$((GREETING_AFTER + 1))" "$STATE/logs/controller.log") ||
    process_is_gone "$STATE/controller.pid"
}

# kill_controller: at once, as when its machine loses power.
kill_controller() { end_noted_process "$STATE/controller.pid" KILL; }
