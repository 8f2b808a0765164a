# shellcheck shell=bash
# From blank virtual Pis to a swarm: by us, by tools that push over SSH, and by a bare script on every card.
#
# Each way is a file in provision/ with the same functions:
#   prepare CASE COUNT IMAGE  before the time begins: writes the image of its cards
#   start COUNT ALL           when COUNT of ALL Pis get their power: what is run on this side; empty for who needs nobody
#   again NUMBER              what has to be run for the Pi that comes late
#   finish                    whatever else it has begun
# and perhaps ONLY, the one case that it is for, and FETCHES_INDEX=no where a board needs none to install Docker.
# `typed COMMAND...` stands before what a person types.

WAYS=$ROOT/scripts/lib/bench/provision
ALL_WAYS=(swarmctl swarmctl-packed ansible ansible-lean pdsh fabric bare)
RUN_SECONDS=900 # longer than any way has needed
REST_SECONDS=120
# How a tool, or our controller, is run. It has a machine of its own, but here it shares two cores with all Pis: by itself a
# thread of it would count as much as one of them.
OWN_MACHINE=(nice -n -10)
# shellcheck source=scripts/lib/bench/machine.sh
. "$ROOT/scripts/lib/bench/machine.sh"
# shellcheck source=scripts/lib/bench/provision/pis.sh
. "$WAYS/pis.sh"
# shellcheck source=scripts/lib/bench/provision/card.sh
. "$WAYS/card.sh"
# shellcheck source=scripts/lib/bench/provision/table.sh
. "$WAYS/table.sh"
# shellcheck source=scripts/lib/bench/provision/late.sh
. "$WAYS/late.sh"

# provision_options [late] [OPTION VALUE]...: sets LATE, PI_COUNT, ROUNDS, CASES, CHOSEN and LATE_MINUTES.
provision_options() {
  LATE=false PI_COUNT=10 ROUNDS=3 CASES=(install card) CHOSEN=("${ALL_WAYS[@]}") LATE_MINUTES=10
  if [ "${1:-}" = late ]; then LATE=true CASES=(install) && shift; fi
  while [ $# -gt 0 ]; do
    case $1 in
      --pis) PI_COUNT=$(counted "$@") || exit ;;
      --rounds) ROUNDS=$(counted "$@") || exit ;;
      --late-minutes) LATE_MINUTES=$(counted "$@") || exit ;;
      --docker)
        case ${2:-} in
          install | card) CASES=("$2") ;;
          both) CASES=(install card) ;;
          *) usage_error "--docker takes install, card or both" ;;
        esac
        ;;
      --ways)
        IFS=, read -ra CHOSEN <<<"${2:-}"
        local way
        for way in "${CHOSEN[@]:-none}"; do
          [[ " ${ALL_WAYS[*]} " = *" $way "* ]] || usage_error "--ways takes some of ${ALL_WAYS[*]}, with commas"
        done
        ;;
      *) usage_error "provision does not know $1" ;;
    esac
    shift 2
  done
  [ "$PI_COUNT" -ge 2 ] || usage_error "a swarm takes two Pis at least"
}

# counted OPTION N
counted() {
  [[ ${2:-} =~ ^[1-9][0-9]{0,2}$ ]] || usage_error "$1 takes a whole number"
  echo "$2"
}

bench_provision() {
  local packages=(openssl openssh-client) way case
  for way in "${CHOSEN[@]}"; do mapfile -t -O "${#packages[@]}" packages < <(packages_of "$way"); done
  install_missing "${packages[@]}"
  [ "$("$ROOT/scripts/lab" list -o json | tr -d '[:space:]')" = '[]' ] ||
    die "the lab is in use" "scripts/lab list shows it; scripts/lab down ends it"
  begin_place
  BEGUN_LAB=yes
  PASSWORD_HASH=$(head -c 12 /dev/urandom | base64 | openssl passwd -6 -stdin)
  for case in "${CASES[@]}"; do quietly "$LOGS/base.log" base "$case"; done
  row machine "$(machine_row)"
  row Pis "$PI_COUNT, $(if [ "$LATE" = true ]; then echo "the last of them $LATE_MINUTES minutes late"; else echo "$ROUNDS rounds"; fi)"
  if [ "$LATE" = true ]; then provision_late; else provision_rounds; fi
  end_place
}

packages_of() { (PACKAGES=() && . "$WAYS/$1.sh" && printf '%s\n' "${PACKAGES[@]}" | grep .) || true; }

# provision_rounds: each round begins with another way.
provision_rounds() {
  local case round i way
  : >"$BENCH_PLACE/runs"
  for case in "${CASES[@]}"; do
    say "" "Docker $(docker_words "$case"): seconds from power-on to a swarm in which all are ready"
    for ((round = 1; round <= ROUNDS; round++)); do
      for ((i = 0; i < ${#CHOSEN[@]}; i++)); do
        way=${CHOSEN[$(((i + round - 1) % ${#CHOSEN[@]}))]}
        is_for "$way" "$case" || continue
        provision_once "$way" "$case" "$round"
      done
    done
    provision_result
    provision_table "$case"
  done
}

# is_for WAY CASE: some make sense in one case only, and say so.
is_for() (
  ONLY=$2
  # shellcheck disable=SC1090
  . "$WAYS/$1.sh"
  [ "$ONLY" = "$2" ]
)

docker_words() { if [ "$1" = card ]; then echo "on the card"; else echo "to be installed"; fi; }

# provision_once WAY CASE ROUND: a way that fails has failed in this run; the others go on.
provision_once() {
  local log=$LOGS/$1-$2-$3 status
  set +e
  (
    set -e
    # shellcheck disable=SC1090
    . "$WAYS/$1.sh"
    trap 'end_pushing; finish' EXIT
    TOOL_USED=
    blank_pis "$2"
    begin_counting
    before="$(busy) $(pis_used) $(used_here)"
    boot 1 "$PI_COUNT"
    push start "$PI_COUNT" "$PI_COUNT" >"$log.log" 2>&1
    await_swarm_of "$PI_COUNT" "$RUN_SECONDS" "$log.log"
    ended=$(now) after="$(busy) $(pis_used) $(used_here)"
    end_counting
    within 30 all_provisioned "$1" "$2" "$PI_COUNT" || die "not all Pis are as they have to be: $1" "$(cat "$LOGS/$1-provisioned")"
    note_run "$1" "$2" "$3" "$ended" "$before" "$after"
    keep_journals "$log"
  )
  status=$?
  set -e
  [ "$status" -eq 0 ] || note_failure "$1" "$2" "$3"
  tail -n 1 "$BENCH_PLACE/runs" | jq -r 'if .failed then "round \(.round)  \(.way): FAILED"
    else "round \(.round)  \(.way): \(.seconds) s; processor time of the Pis \(.pisProcessorSeconds) s, of the tool \(.toolProcessorSeconds) s, of all else \(.otherProcessorSeconds) s\(if .atRest then "" else "; the machine was not at rest before" end)" end'
  "$ROOT/scripts/lab" down
}

# used_here: processor seconds of what works for a way beside the Pis: the controller, or the tools and their SSH.
used_here() {
  local used=0 pid
  [ -z "$TOOL_USED" ] || used=$TOOL_USED
  if pid=$(noted_process "$BENCH_PLACE/controller.pid"); then used=$(process_used "$pid"); fi
  say "$used"
}

# note_run WAY CASE ROUND ENDED BEFORE AFTER
note_run() {
  local all pis here
  read -r all pis here < <(awk -v b="$5" -v a="$6" 'BEGIN {
    split(b, before, " "); split(a, after, " "); for (i = 1; i <= 3; i++) printf "%.1f ", after[i] - before[i]; print "" }')
  jq -nc --arg way "$1" --arg case "$2" --argjson round "$3" --argjson started "$STARTED" --argjson ended "$4" \
    --argjson all "$all" --argjson pis "$pis" --argjson here "$here" --argjson atRest "$AT_REST" '
    def tenths: . * 10 | round / 10;
    {way: $way, docker: $case, round: $round, seconds: (($ended - $started) * 100 | round / 100),
     pisProcessorSeconds: $pis, toolProcessorSeconds: $here, otherProcessorSeconds: ($all - $pis - $here | tenths),
     atRest: $atRest}' >>"$BENCH_PLACE/runs"
}

# note_failure WAY CASE ROUND
note_failure() {
  jq -nc --arg way "$1" --arg case "$2" --argjson round "$3" '{way: $way, docker: $case, round: $round, failed: true}' \
    >>"$BENCH_PLACE/runs"
}

# blank_pis CASE: boards with blank cards, off; the machine at rest.
blank_pis() {
  prepare "$1" "$PI_COUNT" "$BENCH_PLACE/image"
  quietly "$LOGS/up.log" "$ROOT/scripts/lab" up "$PI_COUNT" --image "$BENCH_PLACE/image" --no-boot
  sync
  AT_REST=true
  within "$REST_SECONDS" is_at_rest || AT_REST=false
}

# boot FROM TO: these get their power; sets STARTED.
boot() {
  local pis
  mapfile -t pis < <(names "$1" "$2")
  "$ROOT/scripts/lab" boot "${pis[@]}" --no-wait
  STARTED=$(powered_on_at)
}

# push COMMAND...: beside this script. What it has used stands in a file when it has ended.
push() {
  (
    renice -n "${OWN_MACHINE[-1]}" -p "$BASHPID" >/dev/null
    "$@" </dev/null
    process_used "$BASHPID" >"$BENCH_PLACE/push.used"
  ) &
  note_process "$BENCH_PLACE/push.pid" $!
  PUSHING=$!
}

end_pushing() { end_noted_process "$BENCH_PLACE/push.pid" TERM; }

# await_swarm_of COUNT SECONDS LOG
await_swarm_of() {
  local deadline=$((SECONDS + $2))
  until swarm_has "$1"; do
    [ "$SECONDS" -lt "$deadline" ] || die "no swarm of $1 after $2 s" "$(tail -n 15 "$3")"
    sleep 0.3
  done
  # What pushes may still look at what it has done, and has to end well.
  wait "$PUSHING" || die "it ended with $?" "$(tail -n 15 "$3")"
  TOOL_USED=$(cat "$BENCH_PLACE/push.used")
}

# all_provisioned WAY CASE COUNT
all_provisioned() {
  local pi
  for pi in $(names 1 "$3"); do
    is_provisioned "$pi" "$2" >"$LOGS/$1-provisioned" 2>&1 || { say " ($pi)" >>"$LOGS/$1-provisioned" && return 1; }
  done
}

# keep_journals DIRECTORY
keep_journals() {
  local pi
  mkdir -p "$1"
  for pi in $(names 1 "$PI_COUNT"); do
    "$ROOT/scripts/lab" exec "$pi" journalctl --no-pager -o short-monotonic >"$1/$pi.log" || true
  done
  say "$STARTED" >"$1/powered-on"
}

# typed COMMAND...: what a person types; counted.
typed() {
  say "$*" >>"$BENCH_PLACE/typed"
  "$@"
}
