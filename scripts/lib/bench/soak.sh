# shellcheck shell=bash
# What becomes of an agent when small things go wrong all the time.

# bench_soak MINUTES
bench_soak() {
  say "an agent and its controller on loopback, connections cut every few seconds, for $1 minutes"
  (cd "$ROOT" && JAVA_HOME=$JDK quietly "$LOGS/soak.log" ./mvnw -B -ntp test -pl common,agent,controller \
    -Dtest=AgentSoakBench -Dtest.groups=bench -Dtest.excludedGroups= -Dminutes="$1" -Dsurefire.failIfNoSpecifiedTests=false)
  row "agent soak" "$(sed -n 's/^agent soak, //p' "$LOGS/soak.log")"
}
