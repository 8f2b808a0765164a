# shellcheck shell=bash
# How long a command takes, from the return key to the prompt.

CLI_NODES=1000

# bench_cli ROUNDS: against a controller of its own with a thousand nodes in its store.
bench_cli() {
  begin_place
  begin_controller
  end_controller
  quietly "$LOGS/cli-nodes.log" java -cp "$CONTROLLER_JAR" org.h2.tools.RunScript \
    -url "jdbc:h2:file:$BENCH_PLACE/data/store" -user swarmctl -script "$ROOT/scripts/lib/bench/nodes.sql"
  begin_controller
  [ "$("$ROOT/scripts/swarmctl" nodes list -o name | wc -l)" -eq "$CLI_NODES" ] || die "the controller has not $CLI_NODES nodes"
  row machine "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -n 1)"
  row "" "$(printf '%12s %12s %14s' median 'processor' 'of java -version')"
  cli_row "java -version" "$1" java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -version
  cli_row "swarmctl --help" "$1" "$ROOT/scripts/swarmctl" --help
  cli_row "swarmctl" "$1" "$ROOT/scripts/swarmctl"
  cli_row "swarmctl nodes list" "$1" "$ROOT/scripts/swarmctl" nodes list
  cli_row "swarmctl nodes list -o json" "$1" "$ROOT/scripts/swarmctl" nodes list -o json
  cli_row "swarmctl nodes show pi-500" "$1" "$ROOT/scripts/swarmctl" nodes show pi-500
  jq -s --argjson nodes "$CLI_NODES" --argjson rounds "$1" '{nodes: $nodes, rounds: $rounds, commands: .}' \
    "$BENCH_PLACE/rows" >"$LOGS/cli.json"
  end_place
}

# cli_row NAME ROUNDS COMMAND...: the median of its times, after one round that does not count.
cli_row() {
  local name=$1 rounds=$2 round
  shift 2
  "$@" >/dev/null 2>&1 </dev/null || true
  : >"$BENCH_PLACE/times"
  for ((round = 0; round < rounds; round++)); do cli_time "$@" >>"$BENCH_PLACE/times"; done
  local wall cpu
  wall=$(cut -d' ' -f1 "$BENCH_PLACE/times" | median)
  cpu=$(awk '{ print $2 + $3 }' "$BENCH_PLACE/times" | median)
  CLI_BARE=${CLI_BARE:-$cpu}
  row "$name" "$(awk -v w="$wall" -v c="$cpu" -v b="$CLI_BARE" 'BEGIN { printf "%10.3f s %10.3f s %13.1f x", w, c, c / b }')"
  jq -nc --arg command "$name" --argjson seconds "$wall" --argjson processorSeconds "$cpu" \
    '{command: $command, medianSeconds: $seconds, medianProcessorSeconds: $processorSeconds}' >>"$BENCH_PLACE/rows"
}

# cli_time COMMAND...: prints its seconds by the clock, in user mode and in the kernel.
cli_time() {
  local TIMEFORMAT='%R %U %S'
  { time "$@" >/dev/null 2>&1 </dev/null; } 2>&1
}
