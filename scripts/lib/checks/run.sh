# shellcheck shell=bash
# One run of scripts/demo that is kept and looked at.

DEMO=${DEMO_STATE:-/var/lib/swarmctl-demo}
# On each Pi.
CARD_ARCHIVE=/opt/swarmctl/runtime/agent.jsa

swarmctl() { (. "$DEMO/env" && "$ROOT/scripts/swarmctl" "$@"); }
on() { "$ROOT/scripts/lab" exec "$@"; }
pis() { "$ROOT/scripts/lab" list -o json | jq -r '.[].name'; }

# begin_run OPTION...: fails when the Pis did not become a swarm.
begin_run() {
  # Somebody else's run is not ours to end.
  ! noted_process "$DEMO/controller.pid" >/dev/null || die "a demo is running already" "end it: scripts/demo --end"
  BEGUN=yes
  "$ROOT/scripts/lib/checks/watch-processes" "$LOGS/processes.log" &
  note_process "$LOGS/watcher.pid" $!
  if "$ROOT/scripts/demo" "$@" --keep; then
    passed "the Pis become a swarm, and nothing is typed on any of them"
  else
    failed "the Pis become a swarm, and nothing is typed on any of them" ''
    end_run
    return 1
  fi
}

# begin_fleet OPTION...: as begin_run, but with the work still before the Pis; fails when they do not boot.
begin_fleet() {
  ! noted_process "$DEMO/controller.pid" >/dev/null || die "a demo is running already" "end it: scripts/demo --end"
  BEGUN=yes
  if "$ROOT/scripts/demo" "$@" --no-wait; then
    passed "the blank Pis boot"
  else
    failed "the blank Pis boot" ''
    end_run
    return 1
  fi
}

# is_ready NODES SECONDS: all of the fleet is what it is to be, within that time.
is_ready() {
  swarmctl status --wait --nodes "$1" --timeout "$2s" || { swarmctl nodes list && return 1; }
}

end_run() {
  end_noted_process "$LOGS/watcher.pid" TERM
  [ -z "${BEGUN_LAB:-}" ] || "$ROOT/scripts/lab" down
  BEGUN_LAB=
  [ -n "${BEGUN:-}" ] || return 0
  [ ! -d "$DEMO/logs" ] || cp -r "$DEMO/logs/." "$LOGS/"
  "$ROOT/scripts/demo" --end
  BEGUN=
}

# a_manager: the lab's name for a Pi that is a manager.
a_manager() {
  local pi
  for pi in $(pis); do
    [ "$(on "$pi" docker info --format '{{.Swarm.ControlAvailable}}')" != true ] || { say "$pi" && return; }
  done
  return 1
}
