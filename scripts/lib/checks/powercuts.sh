# shellcheck shell=bash
# Pulled plugs: five Pis, each without power for a moment at another point of its way into the swarm.

powercuts() {
  title "Power cuts at five moments"
  begin_fleet --pis 5 || return 0
  cut_all_at_their_moments
  check "every Pi reaches its role by itself" is_ready 5 400
  check_no_ghost 5
  check_pis
  check "pi1: an agent whose class-data archive is torn starts without it" archive_may_be_torn pi1
  end_run
}

archive_may_be_torn() {
  on "$1" test -s "$CARD_ARCHIVE" || { say "there is none" && return 1; }
  on "$1" truncate -s 1M "$CARD_ARCHIVE" || return 1
  on "$1" systemctl restart swarm-agent
  within 60 agent_has_begun_anew "$1" || { lab_journal "$1" && return 1; }
}

# It runs, and goes to make an archive of its own.
agent_has_begun_anew() { on "$1" sh -c '[ -e /var/lib/swarm-agent/classes.lst ] && systemctl -q is-active swarm-agent'; }

lab_journal() { "$ROOT/scripts/lab" logs "$1" -u swarm-agent -n 20; }

# MOMENT SHELL-CONDITION, as it shows on the Pi.
MOMENTS=(
  "enrolling" '[ -s /var/lib/swarm-agent/node.key ]'
  "fetching package lists" 'find /var/lib/apt/lists/partial -type f -size +0 | grep -q .'
  "unpacking Docker" '[ -e /usr/sbin/dockerd.dpkg-new ]'
  "between Docker and the swarm" '[ -S /run/docker.sock ] && ! pgrep -x dpkg && [ ! -e /var/lib/docker/swarm/docker-state.json ]'
  "in the swarm" '[ "$(docker info --format "{{.Swarm.LocalNodeState}}")" = active ]'
)

# The first Pi at the first moment, and so on, all at once.
cut_all_at_their_moments() {
  local i watchers=()
  for ((i = 0; i < ${#MOMENTS[@]} / 2; i++)); do
    cut_at "pi$((i + 1))" "${MOMENTS[2 * i + 1]}" >"$LOGS/cut-pi$((i + 1)).log" 2>&1 &
    watchers+=($!)
  done
  for ((i = 0; i < ${#watchers[@]}; i++)); do
    if wait "${watchers[i]}"; then
      passed "pi$((i + 1)) loses its power: ${MOMENTS[2 * i]}"
    else
      failed "pi$((i + 1)) loses its power: ${MOMENTS[2 * i]}" "$(cat "$LOGS/cut-pi$((i + 1)).log")"
    fi
  done
}

# cut_at PI SHELL-CONDITION: pulls its plug then, and plugs it in again.
cut_at() {
  await_on "$1" 400 "$2" || { say "the moment did not come" && return 1; }
  "$ROOT/scripts/lab" power-cut "$1"
  "$ROOT/scripts/lab" boot "$1"
}

# await_on PI SECONDS SHELL-CONDITION: looked at on the Pi itself, for moments are short.
await_on() { on "$1" timeout "$2" sh -c "until { $3; } >/dev/null 2>&1; do sleep 0.02; done"; }
