# shellcheck shell=bash
# What all scripts share: messages, waiting, missing packages, processes known by pid and start time.

PROGRAM=$(basename "$0")

say() { printf '%s\n' "$*"; }

# die MESSAGE REMEDY...: ends with what went wrong and what to do about it.
die() {
  printf '%s: %s\n' "$PROGRAM" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

usage_error() {
  printf '%s: %s\n  scripts/%s --help tells what there is\n' "$PROGRAM" "$1" "$PROGRAM" >&2
  exit 2
}

need_root() {
  [ "$(id -u)" -eq 0 ] || die "this needs root" "sudo scripts/$PROGRAM ..."
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

# Who asks again and again does so without a process of its own for each question: where a fork takes milliseconds, and ten
# Pis are waited for at once, it is the waiting that uses up the machine.

# read_start_time PID: sets START_TIME, clock ticks from the machine's boot to the start of the process; fails when there is
# none, or only a zombie. It tells a process from a later one with the same pid.
read_start_time() {
  local stat
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  # The name, the second field, may hold blanks and brackets: what follows it begins with the state.
  read -ra stat <<<"${stat##*) }"
  START_TIME=${stat[19]}
  [ "${stat[0]}" != Z ]
}

start_time() { read_start_time "$1" && printf '%s\n' "$START_TIME"; }

# note_process FILE PID
note_process() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$1"; }

# read_noted_process FILE: sets NOTED to the pid if that very process still runs.
read_noted_process() {
  local started
  NOTED=
  [ -e "$1" ] && read -r NOTED started <"$1" || return 1
  [ -n "$started" ] && read_start_time "$NOTED" && [ "$START_TIME" = "$started" ]
}

# noted_process FILE: prints it.
noted_process() { read_noted_process "$1" && printf '%s\n' "$NOTED"; }

# end_noted_process FILE SIGNAL: ends it, waits for it (40 s at most: a thousand simulated nodes take some) and forgets it.
end_noted_process() {
  if read_noted_process "$1"; then
    kill "-$2" "$NOTED" 2>/dev/null || true
    within 40 process_is_gone "$1" || die "process $NOTED does not end"
  fi
  rm -f "$1"
}

process_is_gone() { ! read_noted_process "$1"; }

# two_free_ports FROM: prints the first of two in a row on which nobody listens.
two_free_ports() {
  local port=$1
  while ss -Hltn "sport = :$port or sport = :$((port + 1))" | grep -q .; do port=$((port + 2)); done
  say "$port"
}

# install_missing PACKAGE...: those that this machine lacks, from its own package sources. What is printed
# goes to $LOGS/apt.log.
install_missing() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  quietly "$LOGS/apt.log" apt-get update
  DEBIAN_FRONTEND=noninteractive quietly "$LOGS/apt.log" \
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"
}

missing_packages() {
  local package
  for package; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || say "$package"
  done
}

# quietly LOG COMMAND...: its output goes to the log, whose end is shown when it fails.
quietly() {
  local log=$1
  shift
  # Descriptor 9 may hold a lock, which must not reach a process that outlives the command.
  if ! "$@" >"$log" 2>&1 </dev/null 9>&-; then
    tail -n 20 "$log" >&2
    die "failed: $*" "the whole log: $log"
  fi
}
