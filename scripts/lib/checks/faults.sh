# shellcheck shell=bash
# Schedules of random faults, each from a seed that can be run again.

SEEDS=${TEST_SEEDS:-1-10}

faults() {
  title "190 schedules of random faults on simulated Pis"
  check "all converge, with one founder" java_tests long FaultScheduleTest
  virtual_faults
}

virtual_faults() {
  local seed
  title "Schedules of random faults on virtual Pis"
  for seed in $(seeds); do
    check "the Pis of schedule $seed all converge, with one founder" java_tests lab LabFaultsTest "-Dseed=$seed"
    grep -hE '^ *[0-9.]+ s ' "$LOGS/LabFaultsTest.log" || true
    cp "$LOGS/LabFaultsTest.log" "$LOGS/schedule-$seed.log"
  done
}

# As 3, 1-10 or 1,4,7.
seeds() {
  local part
  for part in ${SEEDS//,/ }; do seq "${part%-*}" "${part#*-}"; done
}

# java_tests TAG CLASS [OPTION...]: fails when none has run, too.
java_tests() {
  local log=$LOGS/$2.log
  need_jdk
  (cd "$ROOT" && JAVA_HOME=$JDK ./mvnw -B -ntp test -pl common,agent,controller -Dtest="$2" \
    -Dtest.groups="$1" -Dtest.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false "${@:3}") >"$log" 2>&1 </dev/null ||
    { grep -E '^\[ERROR\]' "$log" | head -n 25 && return 1; }
  grep -qE '^\[.*Tests run: [1-9]' "$log" || { say "no test has run; see $log" && return 1; }
}
