# shellcheck shell=bash
# What an agent costs, and how soon it hears.

IDLE_SECONDS=60

bench_agent() {
  row "machine" "$(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo), $(uname -m)"
  row "swarm-agent.jar" "$(megabytes "$AGENT_JAR")"
  row "swarmctl.jar" "$(megabytes "$CONTROLLER_JAR")"
  BEGUN=yes
  quietly "$LOGS/demo.log" "$ROOT/scripts/demo" --pis 2 --keep
  local pi
  for pi in $(pis); do
    within 120 has_archive "$pi" || die "the agent on $pi made no class-data archive" "scripts/lab logs $pi -u swarm-agent"
  done
  sleep "$IDLE_SECONDS"
  for pi in $(pis); do idle_agent "$pi"; done
  end_run
  role_to_plan
}

row() { printf '%-34s %s\n' "$1" "$2"; }

megabytes() { stat -c %s "$1" | awk '{ printf "%.1f MB", $1 / 1e6 }'; }

# The agent starts again from its archive once it has made it.
has_archive() {
  local pid
  pid=$(on "$1" systemctl show -p MainPID --value swarm-agent)
  # It is 0 while the agent starts again.
  [ "$pid" -gt 0 ] && on "$1" grep -qz SharedArchiveFile "/proc/$pid/cmdline" 2>/dev/null
}

# idle_agent PI: its memory, its threads, and its share of a core over the idle time.
idle_agent() {
  local pid before after
  pid=$(on "$1" systemctl show -p MainPID --value swarm-agent)
  row "agent on $1, memory" "$(on "$1" awk '/VmRSS/ { rss = $2 } /Threads/ { threads = $2 } END { printf "RSS %.1f MB, %d threads", rss / 1000, threads }' "/proc/$pid/status"), $(on "$1" awk '/^Pss:/ { printf "PSS %.1f MB", $2 / 1000 }' "/proc/$pid/smaps_rollup")"
  before=$(ticks "$1" "$pid")
  sleep "$IDLE_SECONDS"
  after=$(ticks "$1" "$pid")
  row "agent on $1, idle for ${IDLE_SECONDS} s" "$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$IDLE_SECONDS" 'BEGIN { printf "%.2f %% of a core", 100 * t / hz / s }')"
}

# ticks PI PID: processor time that it has used.
ticks() { on "$1" awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$2/stat"; }

role_to_plan() {
  (cd "$ROOT" && JAVA_HOME=$JDK quietly "$LOGS/role.log" ./mvnw -B -ntp test -pl common,agent,controller \
    -Dtest=RoleToPlanBench -Dtest.groups=bench -Dtest.excludedGroups= -Dtest.heap=4g -Dsurefire.failIfNoSpecifiedTests=false)
  row "role to begun plan" "$(sed -n 's/^role to begun plan, //p' "$LOGS/role.log")"
}
