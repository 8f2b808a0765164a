# shellcheck shell=bash
# Settings, messages, the lock, and processes known by pid and start time.

LAB_STATE=${LAB_STATE:-/var/lib/swarmctl-lab}
LAB_CACHE=${LAB_CACHE:-/var/cache/swarmctl-lab}
LAB_BRIDGE=${LAB_BRIDGE:-swarmlab0}
LAB_NET=${LAB_NET:-10.77.0}

PIS=$LAB_STATE/pis
CARD=$LAB_STATE/card
SITE=$LAB_STATE/site # files that every Pi gets from where it stands, not from its card
NETWORK=$LAB_STATE/network

# A lab is ended with the settings it was begun with, whatever the environment says meanwhile.
note_settings() { printf 'LAB_BRIDGE=%q\nLAB_NET=%q\n' "$LAB_BRIDGE" "$LAB_NET" >"$LAB_STATE/settings"; }

recall_settings() {
  # shellcheck disable=SC1091
  [ ! -e "$LAB_STATE/settings" ] || . "$LAB_STATE/settings"
}

say() { printf '%s\n' "$*"; }

# die MESSAGE REMEDY...: ends with what went wrong and what to do about it.
die() {
  printf 'lab: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '     %s\n' "$@" >&2
  exit 1
}

usage_error() {
  printf 'lab: %s\n     scripts/lab --help tells what there is\n' "$1" >&2
  exit 2
}

need_root() {
  [ "$(id -u)" -eq 0 ] || die "this needs root" "sudo scripts/lab ..."
}

# Two commands that change the lab must not meet; those that only look take no lock. Descriptor 9
# must not reach a process that outlives the command, or the lock would, too.
take_lock() {
  mkdir -p "$LAB_STATE"
  exec 9>"$LAB_STATE/lock"
  flock -w 120 9 || die "another lab command has been at work for two minutes" "see: fuser $LAB_STATE/lock"
}

# now: seconds since the machine booted, with two decimals.
now() { cut -d' ' -f1 /proc/uptime; }

# seconds_since START: for people, as in 4.2
seconds_since() { awk -v start="$1" '{ printf "%.1f", $1 - start }' /proc/uptime; }

# within SECONDS COMMAND...: repeats the command until it succeeds or the time is over.
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# start_time PID: clock ticks from the machine's boot to the start of the process; fails when there is
# none, or only a zombie. It tells a process from a later one with the same pid.
start_time() {
  local stat
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  # The name, the second field, may hold blanks and brackets: what follows it begins with the state.
  read -ra stat <<<"${stat##*) }"
  [ "${stat[0]}" != Z ] && printf '%s\n' "${stat[19]}"
}

# note_process FILE PID
note_process() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$1"; }

# noted_process FILE: prints the pid if that very process still runs.
noted_process() {
  local pid started
  [ -e "$1" ] && read -r pid started <"$1" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] && printf '%s\n' "$pid"
}

# end_noted_process FILE SIGNAL: ends it, waits for it (10 s at most) and forgets it.
end_noted_process() {
  local pid
  if pid=$(noted_process "$1"); then
    kill "-$2" "$pid" 2>/dev/null || true
    within 10 process_is_gone "$1" || die "process $pid does not end"
  fi
  rm -f "$1"
}

process_is_gone() { ! noted_process "$1" >/dev/null; }
