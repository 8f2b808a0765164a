# shellcheck shell=bash
# A controller that dies, or is away for long.

DOWN_SECONDS=30
AWAY_MINUTES=${TEST_AWAY_MINUTES:-60}

controller_kill() {
  title "Controller killed in the middle of five Pis' work"
  begin_fleet --pis 5 --managers 3 || return 0
  check "the first Pis install Docker" within 180 somebody_does "install Docker"
  check "the controller is killed with -9" "$ROOT/scripts/demo" --kill-controller
  sleep "$DOWN_SECONDS"
  check "it starts again after $DOWN_SECONDS s" "$ROOT/scripts/demo" --start-controller
  check "all Pis finish" is_ready 5 400
  check_one_founding
  check_no_ghost 5
  check_swarm 3 2
  check_pis
  end_run
}

somebody_does() { swarmctl nodes list -o json | jq -e --arg what "$1" '[.nodes[] | select(.why | contains($what))] | length >= 1' >/dev/null; }

# The swarm is at work, the controller is off, and meanwhile every Pi boots once.
controller_away() {
  title "Controller away for $AWAY_MINUTES minutes while Pis boot"
  begin_run --pis 3 || return 0
  local pi ends manager
  manager=$(a_manager)
  start_service "$manager" 3 || true
  check "a service runs on all Pis" within 90 runs_everywhere "$manager" 3
  ends=$((SECONDS + 60 * AWAY_MINUTES))
  check "the controller is killed" "$ROOT/scripts/demo" --kill-controller
  for pi in $(pis); do
    check "$pi boots again" boots_again "$pi"
  done
  check "the service runs on all Pis without a controller" within 180 runs_everywhere "$manager" 3
  while [ "$SECONDS" -lt "$ends" ]; do sleep 1; done
  check "and still does after $AWAY_MINUTES minutes" runs_everywhere "$manager" 3
  check "the controller starts again" "$ROOT/scripts/demo" --start-controller
  check "the agents return" is_ready 3 180
  check_no_ghost 3
  end_run
}

boots_again() {
  local before
  before=$(when_booted "$1")
  on "$1" systemctl --no-block reboot
  within 90 has_booted_since "$1" "$before"
}

has_booted_since() {
  [ "$(when_booted "$1")" != "$2" ] && on "$1" systemctl -q is-active basic.target
}

# When its first process started.
when_booted() { on "$1" awk '{ print $22 }' /proc/1/stat; }
