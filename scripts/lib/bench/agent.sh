# shellcheck shell=bash
# What an agent costs, and how soon it hears.

IDLE_SECONDS=60

# shellcheck source=scripts/lib/bench/machine.sh
. "$ROOT/scripts/lib/bench/machine.sh"

bench_agent() {
  row machine "$(machine_row)"
  figure agentJarMegabytes "$(megabytes "$AGENT_JAR")"
  figure controllerJarMegabytes "$(megabytes "$CONTROLLER_JAR")"
  BEGUN=yes
  quietly "$LOGS/demo.log" "$ROOT/scripts/demo" --pis 2 --keep
  local pi
  sleep "$IDLE_SECONDS"
  for pi in $(pis); do idle_agent "$pi"; done
  for pi in $(pis); do starts "$pi"; done
  end_run
  role_to_plan
  jq -n --argjson machine "$(machine_json)" --argjson figures "$FIGURES" '{machine: $machine} + $figures' >"$LOGS/agent.json"
}

megabytes() { stat -c %s "$1" | awk '{ printf "%.1f", $1 / 1e6 }'; }

# idle_agent PI: its memory, its threads, and its share of a core over the idle time.
idle_agent() {
  local pid before
  pid=$(agent_pid "$1")
  memory_of "$1" "$pid" ''
  figure "$1.threads" "$(on "$1" awk '/Threads/ { print $2 }' "/proc/$pid/status")"
  before=$(ticks "$1" "$pid")
  sleep "$IDLE_SECONDS"
  figure "$1.idlePercentOfCore" "$(percent_of_core "$before" "$(ticks "$1" "$pid")" "$IDLE_SECONDS")"
}

agent_pid() { on "$1" systemctl show -p MainPID --value swarm-agent; }

# memory_of PI PID WHEN: in megabytes; anonymous is what cannot be read from the card again.
memory_of() {
  figure "$1.rssMegabytes$3" "$(on "$1" awk '/VmRSS/ { printf "%.1f", $2 / 1000 }' "/proc/$2/status")"
  figure "$1.anonymousMegabytes$3" "$(on "$1" awk '/RssAnon/ { printf "%.1f", $2 / 1000 }' "/proc/$2/status")"
  figure "$1.pssMegabytes$3" "$(on "$1" awk '/^Pss:/ { printf "%.1f", $2 / 1000 }' "/proc/$2/smaps_rollup")"
}

# starts PI: from the agent's start to its first word with the controller, with the card's archive and without any.
starts() {
  start_of "$1" WithArchive true
  start_of "$1" WithoutArchive rm "$CARD_ARCHIVE"
}

# start_of PI NAME COMMAND...: the command is run on it while the agent is off.
start_of() {
  local pi=$1 name=$2 pid
  on "$pi" systemctl stop swarm-agent
  on "$pi" "${@:3}"
  on "$pi" systemctl start swarm-agent
  within 60 in_touch "$pi" >/dev/null || die "the agent on $pi does not reach its controller" "scripts/lab logs $pi -u swarm-agent"
  figure "$pi.startToFirstSpecSeconds$name" "$(in_touch "$pi")"
  pid=$(agent_pid "$pi")
  figure "$pi.startProcessorSeconds$name" "$(ticks "$pi" "$pid" | awk -v hz="$(getconf CLK_TCK)" '{ printf "%.2f", $1 / hz }')"
  memory_of "$pi" "$pid" "AtFirstSpec$name"
}

# in_touch PI: after how many seconds; fails when it is not yet.
in_touch() {
  local started at
  started=$(on "$1" systemctl show -p ExecMainStartTimestampMonotonic --value swarm-agent)
  at=$(on "$1" journalctl -u swarm-agent -n 50 --no-pager -o json |
    jq -r 'select(.MESSAGE | tostring | contains("in touch with the controller")).__MONOTONIC_TIMESTAMP' | tail -n 1)
  [ -n "$at" ] && [ "$at" -gt "$started" ] || return 1
  awk -v a="$at" -v s="$started" 'BEGIN { printf "%.2f\n", (a - s) / 1e6 }'
}

# ticks PI PID: processor time that it has used.
ticks() { on "$1" awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$2/stat"; }

role_to_plan() {
  (cd "$ROOT" && JAVA_HOME=$JDK quietly "$LOGS/role.log" ./mvnw -B -ntp test -pl common,agent,controller \
    -Dtest=RoleToPlanBench -Dtest.groups=bench -Dtest.excludedGroups= -Dtest.heap=4g -Dsurefire.failIfNoSpecifiedTests=false)
  local said
  said=$(sed -n 's/^role to begun plan, //p' "$LOGS/role.log")
  row "role to begun plan" "$said"
  figure roleToPlanMedianMillis "$(sed -E 's/.*p50 ([0-9.]+).*/\1/' <<<"$said")"
  figure roleToPlanP99Millis "$(sed -E 's/.*p99 ([0-9.]+).*/\1/' <<<"$said")"
}
