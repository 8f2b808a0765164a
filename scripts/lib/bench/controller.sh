# shellcheck shell=bash
# A controller of the bench's own, on free ports, on a data directory that goes with it.

BENCH_PLACE=

# begin_place: sets BENCH_PLACE, which is gone when the bench ends, and the environment that controller and commands need.
begin_place() {
  BENCH_PLACE=$(mktemp -d "${TMPDIR:-/var/tmp}/swarmctl-bench.XXXXXX")
  trap 'end_place; end_run' EXIT
  export SWARMCTL_CONFIG=/dev/null SWARMCTL_DATA_DIRECTORY=$BENCH_PLACE/data SWARMCTL_MDNS=false SWARMCTL_CONTEXT=''
  export XDG_CONFIG_HOME=$BENCH_PLACE/config SWARMCTL_LISTEN=127.0.0.1
  free_ports 18443
}

# free_ports FROM: for the controller to listen on.
free_ports() {
  SWARMCTL_HTTPS_PORT=$(two_free_ports "$1")
  export SWARMCTL_HTTPS_PORT SWARMCTL_GATEWAY_PORT=$((SWARMCTL_HTTPS_PORT + 1))
}

# begin_controller [COMMAND...]: by that command, such as nice.
begin_controller() {
  "$@" "$ROOT/scripts/swarmctl" controller </dev/null >>"$LOGS/controller.log" 2>&1 &
  note_process "$BENCH_PLACE/controller.pid" $!
  disown # or the shell would tell of its end
  within 120 controller_answers || die "the controller did not start" "$(tail -n 5 "$LOGS/controller.log")"
}

# Asked by a program that takes little of what the controller needs to start.
controller_answers() { api /api/v1/version >/dev/null 2>&1; }

# api PATH OPTION...: the token goes to curl through a file descriptor.
api() {
  curl -sS --fail --max-time 30 --cacert "$BENCH_PLACE/data/ca.crt" \
    -H @<(printf 'Authorization: Bearer %s\n' "$(cat "$BENCH_PLACE/data/admin.token")") \
    "https://localhost:$SWARMCTL_HTTPS_PORT$1" "${@:2}"
}

end_controller() { [ ! -e "$BENCH_PLACE/controller.pid" ] || end_noted_process "$BENCH_PLACE/controller.pid" TERM; }

# in_memory DIRECTORY: below BENCH_PLACE, until it is gone.
in_memory() {
  mkdir -p "$1"
  mount -t tmpfs -o size=1g,mode=700 tmpfs "$1"
}

end_place() {
  local pid mounted
  [ -n "$BENCH_PLACE" ] || return 0
  for pid in "$BENCH_PLACE"/*.pid; do [ ! -e "$pid" ] || end_noted_process "$pid" TERM; done
  while read -r mounted; do umount "$mounted"; done < <(awk -v place="$BENCH_PLACE/" 'index($2, place) == 1 { print $2 }' /proc/mounts)
  rm -rf "$BENCH_PLACE"
  BENCH_PLACE=
}
