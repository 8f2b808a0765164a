# shellcheck shell=bash
# What a controller and its agents cost, from a hundred agents to a thousand: real agents on simulated machines whose work
# takes no time, all switched on within one second.

SCALE_IDLE_SECONDS=60
# Before that the JVMs are still busy compiling what was new to them.
SCALE_SETTLE_SECONDS=60
SCALE_SINGLE_ROLES=50
# shellcheck source=scripts/lib/bench/machine.sh
. "$ROOT/scripts/lib/bench/machine.sh"

# scale_options [--agents N,N...]: sets SCALES.
scale_options() {
  SCALES=(100 300 1000)
  [ $# -gt 0 ] || return 0
  if [ $# -ne 2 ] || [ "$1" != --agents ]; then usage_error "scale takes --agents N,N,..."; fi
  IFS=, read -ra SCALES <<<"$2"
  local agents
  for agents in "${SCALES[@]:-0}"; do
    [[ $agents =~ ^[1-9][0-9]{0,3}$ ]] && [ "$agents" -ge 60 ] && [ "$agents" -le 2000 ] ||
      usage_error "--agents takes numbers from 60 to 2000, with commas"
  done
}

bench_scale() {
  local agents
  : >"$LOGS/scale.rows"
  row machine "$(machine_row)"
  for agents in "${SCALES[@]}"; do
    begin_place
    scale_of "$agents"
    end_place
  done
  jq -s --argjson machine "$(machine_json)" '{machine: $machine, scales: .}' "$LOGS/scale.rows" >"$LOGS/scale.json"
  growth
}

# scale_of AGENTS: one line of the result.
scale_of() {
  local agents=$1 agent_ticks controller_ticks began first
  FIGURES='{}'
  say "$agents agents"
  begin_controller
  # A thousand cards are not one disk, and not the controller's.
  in_memory "$BENCH_PLACE/cards"
  "$ROOT/scripts/swarmctl" simulate --nodes "$agents" --arrive 1s --pace 1000 --state "$BENCH_PLACE/cards" \
    --record "$BENCH_PLACE/record.csv" </dev/null >"$LOGS/simulate-$agents.log" 2>&1 &
  note_process "$BENCH_PLACE/simulate.pid" $!
  within 300 recorded "$agents" enrolled || die "not all have enrolled" "$(tail -n 2 "$LOGS/simulate-$agents.log")"
  figure enrolledSeconds "$(seconds_from_on enrolled max)"
  figure enrolledMedianSeconds "$(seconds_from_on enrolled p50)"
  within 300 metric_is swarmctl_nodes_connected "$agents" || die "not all are connected"
  within 300 metric_is 'swarmctl_nodes{state="new"}' "$agents" || die "not all are at rest"
  figure restSeconds "$(seconds_since_on)"
  sleep "$SCALE_SETTLE_SECONDS"

  agent_ticks=$(own_ticks simulate) controller_ticks=$(own_ticks controller)
  sleep "$SCALE_IDLE_SECONDS"
  figure idleAgentsPercent "$(percent_of_core "$agent_ticks" "$(own_ticks simulate)" "$SCALE_IDLE_SECONDS")"
  figure idleControllerPercent "$(percent_of_core "$controller_ticks" "$(own_ticks controller)" "$SCALE_IDLE_SECONDS")"
  memory_figures idle

  first=$(awk -F, '$3 == "enrolled" { print $2; exit }' "$BENCH_PLACE/record.csv")
  assign manager "$first" >/dev/null
  within 60 metric_is 'swarmctl_swarm_state{state="working"}' 1 || die "no swarm was founded"
  single_roles "$first"
  all_at_once "$agents"
  within 600 metric_is 'swarmctl_nodes{state="ready"}' "$agents" || die "not all are ready"
  memory_figures ready

  began=$(now)
  end_noted_process "$BENCH_PLACE/controller.pid" KILL
  begin_controller
  figure controllerStartSeconds "$(seconds_since "$began")"
  within 300 metric_is swarmctl_nodes_connected "$agents" || die "not all came back"
  figure backSeconds "$(seconds_since "$began")"
  memory_figures back
  jq -c --argjson agents "$agents" '{agents: $agents} + .' <<<"$FIGURES" >>"$LOGS/scale.rows"
}

# single_roles FOUNDER: one worker after the other while all are connected.
single_roles() {
  local node asked
  : >"$BENCH_PLACE/singles"
  while read -r node; do
    asked=$(assign worker "$node")
    within 10 followed "$node" worker || die "$node did not begin its role"
    echo "$(($(began_role "$node" worker) - asked))" >>"$BENCH_PLACE/singles"
  done < <(awk -F, -v founder="$1" '$3 == "enrolled" && $2 != founder { print $2 }' "$BENCH_PLACE/record.csv" |
    head -n "$SCALE_SINGLE_ROLES")
  figure roleToPlanMedianMillis "$(percentile 50 <"$BENCH_PLACE/singles")"
  figure roleToPlanP99Millis "$(percentile 99 <"$BENCH_PLACE/singles")"
}

# all_at_once AGENTS: all the others, in one request.
all_at_once() {
  local asked
  asked=$(ask_roles '{"role": "worker", "allUnassigned": true}')
  within 60 roles_begun "$(($1 - 1))" || die "not all have begun their role"
  awk -F, -v asked="$asked" '$3 == "spec" && $4 ~ / worker$/ && !seen[$2]++ && $1 >= asked { print $1 - asked }' \
    "$BENCH_PLACE/record.csv" >"$BENCH_PLACE/all"
  figure allRolesCount "$(wc -l <"$BENCH_PLACE/all")"
  figure allRolesMedianMillis "$(percentile 50 <"$BENCH_PLACE/all")"
  figure allRolesLastMillis "$(percentile 100 <"$BENCH_PLACE/all")"
}

# assign ROLE NODE: prints when the request was sent, in milliseconds.
assign() { ask_roles "{\"role\": \"$1\", \"nodes\": [\"$2\"]}"; }

# ask_roles JSON
ask_roles() {
  local started before
  started=$(date +%s%3N)
  before=$(api /api/v1/roles/assign -o "$LOGS/assign.json" -w '%{time_pretransfer}' -H 'Content-Type: application/json' --data "$1")
  awk -v started="$started" -v before="$before" 'BEGIN { printf "%.0f\n", started + 1000 * before }'
}

# metric_is NAME VALUE
metric_is() {
  [ "$(api /metrics 2>/dev/null | awk -v name="$1" '$1 == name { printf "%d", $2 }')" = "$2" ]
}

# recorded COUNT EVENT: of that many nodes.
recorded() {
  [ "$(awk -F, -v event="$2" '$3 == event && !seen[$2]++' "$BENCH_PLACE/record.csv" 2>/dev/null | wc -l)" -ge "$1" ]
}

# followed NODE ROLE
followed() { [ -n "$(began_role "$@")" ]; }

# began_role NODE ROLE: when, in milliseconds.
began_role() {
  awk -F, -v node="$1" -v role="$2" '$2 == node && $3 == "spec" && $4 ~ " " role "$" { print $1; exit }' "$BENCH_PLACE/record.csv"
}

# roles_begun COUNT
roles_begun() {
  [ "$(awk -F, '$3 == "spec" && $4 ~ / worker$/ && !seen[$2]++' "$BENCH_PLACE/record.csv" | wc -l)" -ge "$1" ]
}

# seconds_from_on EVENT max|p50: max from the first that was switched on, p50 from each one's own.
seconds_from_on() {
  awk -F, -v event="$1" '$3 == "on" { on[$2] = $1; if (!first) first = $1 }
    $3 == event && !seen[$2]++ { print $1 - on[$2], $1 - first }' "$BENCH_PLACE/record.csv" >"$BENCH_PLACE/times"
  if [ "$2" = max ]; then cut -d' ' -f2 "$BENCH_PLACE/times" | percentile 100; else cut -d' ' -f1 "$BENCH_PLACE/times" | percentile 50; fi |
    awk '{ printf "%.1f\n", $1 / 1000 }'
}

seconds_since_on() { awk -F, -v now="$(date +%s%3N)" '$3 == "on" { printf "%.1f\n", (now - $1) / 1000; exit }' "$BENCH_PLACE/record.csv"; }

# percentile P: of the numbers on standard input, one a line.
percentile() { sort -n | awk -v p="$1" '{ n[NR] = $1 } END { i = int((NR * p + 99) / 100); print n[i < 1 ? 1 : i] }'; }

# own_ticks NAME: processor time that the process has used.
own_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$(noted_process "$BENCH_PLACE/$1.pid")/stat"; }

# memory_figures WHEN
memory_figures() {
  figure "$1ControllerMegabytes" "$(resident controller)"
  figure "$1AgentsMegabytes" "$(resident simulate)"
}

resident() { awk '/VmRSS/ { printf "%.0f\n", $2 * 1024 / 1e6 }' "/proc/$(noted_process "$BENCH_PLACE/$1.pid")/status"; }

# growth: how costs grow with the number of agents, as its power, from the least to the most.
growth() {
  [ "${#SCALES[@]}" -gt 1 ] || return 0
  say "growth with the number of agents, as its power"
  jq -r '.scales | sort_by(.agents) | first as $a | last as $b | $a | keys_unsorted[] | select(. != "agents") as $k
    | select($a[$k] > 0 and $b[$k] > 0)
    | [$k, ((($b[$k] / $a[$k]) | log) / (($b.agents / $a.agents) | log) * 100 | round / 100 | tostring)] | @tsv' "$LOGS/scale.json" |
    while IFS=$'\t' read -r name power; do row "  $name" "$power"; done
}
