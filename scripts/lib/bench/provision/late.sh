# shellcheck shell=bash
# What a person has to do for the Pi that is powered on when the others are a swarm already.

JOINS_ALONE_WITHIN=60

# provision_late: all but one have become a swarm; then the last gets its power.
provision_late() {
  local way
  : >"$BENCH_PLACE/late"
  printf '%-13s %-18s %-28s %s\n' "" "by itself" "seconds after its power-on" "what a person types"
  for way in "${CHOSEN[@]}"; do late_once "$way" "${CASES[0]}"; done
  jq -s --argjson machine "$(machine_json)" --argjson pis "$PI_COUNT" --argjson minutes "$LATE_MINUTES" \
    '{machine: $machine, pis: $pis, lateMinutes: $minutes, ways: .}' "$BENCH_PLACE/late" >"$LOGS/provision-late.json"
}

# late_once WAY CASE
late_once() {
  local log=$LOGS/$1-late
  (
    # shellcheck disable=SC1090
    . "$WAYS/$1.sh"
    trap 'end_pushing; finish' EXIT
    blank_pis "$2"
    boot 1 "$((PI_COUNT - 1))"
    push start "$((PI_COUNT - 1))" "$PI_COUNT" >"$log.log" 2>&1
    await_swarm_of "$((PI_COUNT - 1))" "$RUN_SECONDS" "$log.log"
    sleep "$((60 * LATE_MINUTES))"
    : >"$BENCH_PLACE/typed"
    boot "$PI_COUNT" "$PI_COUNT"
    STARTED=$("$ROOT/scripts/lab" list -o json | jq --arg pi "pi$PI_COUNT" '.[] | select(.name == $pi).poweredOnAt')
    alone=true
    if ! within "$JOINS_ALONE_WITHIN" swarm_has_slowly "$PI_COUNT"; then
      alone=false
      push again "$PI_COUNT" >>"$log.log" 2>&1
      await_swarm_of "$PI_COUNT" "$RUN_SECONDS" "$log.log"
    fi
    ended=$(now)
    within 30 all_provisioned "$1" "$2" "$PI_COUNT" || die "not all Pis are as they have to be: $1" "$(cat "$LOGS/$1-provisioned")"
    jq -nc --arg way "$1" --argjson alone "$alone" --argjson seconds "$(awk -v e="$ended" -v s="$STARTED" 'BEGIN { printf "%.1f", e - s }')" \
      --argjson waited "$JOINS_ALONE_WITHIN" --argjson typed "$(wc -l <"$BENCH_PLACE/typed")" --rawfile lines "$BENCH_PLACE/typed" \
      '{way: $way, joinsByItself: $alone, seconds: $seconds, ofWhichWaitedForItInVain: (if $alone then 0 else $waited end),
        commandsTyped: $typed, commands: ($lines | split("\n") | map(select(. != "")))}' >>"$BENCH_PLACE/late"
  )
  tail -n 1 "$BENCH_PLACE/late" | jq -r '[.way, .joinsByItself, .seconds, .commandsTyped, (.commands | join("; "))] | @tsv' |
    while IFS=$'\t' read -r name alone seconds typed commands; do
      printf '%-13s %-18s %-28s %s\n' "$name" "$(if [ "$alone" = true ]; then echo yes; else echo "no, not in $JOINS_ALONE_WITHIN s"; fi)" \
        "$seconds" "$typed${commands:+: $commands}"
    done
  "$ROOT/scripts/lab" down
}

swarm_has_slowly() { swarm_has "$1" || { sleep 0.5 && return 1; }; }
