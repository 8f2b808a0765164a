# shellcheck shell=bash
# What a person sees of a thousand nodes, and how soon; and what that costs the controller.

# bench_dashboard NODES: real agents on simulated machines get their roles while a browser looks on.
bench_dashboard() {
  install_missing chromium
  need_node
  begin_place
  begin_controller
  "$ROOT/scripts/swarmctl" simulate --nodes "$1" --arrive "$(($1 / 10))s" </dev/null >"$LOGS/simulate.log" 2>&1 &
  note_process "$BENCH_PLACE/simulate.pid" $!
  local started
  started=$(now)
  row machine "$(nproc) cores, on which controller, nodes and browser run together"
  say "until $1 simulated nodes have enrolled"
  within $((120 + $1)) have_enrolled "$1" || die "not all have enrolled" "$(tail -n 2 "$LOGS/simulate.log")"
  row "all enrolled after, s" "$(seconds_since "$started"), switched on within $(($1 / 10))"
  process_row "the nodes" "$BENCH_PLACE/simulate.pid"
  process_row controller "$BENCH_PLACE/controller.pid"
  say "all of them update their packages, and get their roles"
  (cd "$ROOT" && JAVA_HOME=$JDK quietly "$LOGS/dashboard.log" ./mvnw -B -ntp test -pl common,agent,controller \
    -Dtest=DashboardBench -Dtest.groups=bench -Dtest.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
    -Ddashboard.url="https://localhost:$SWARMCTL_HTTPS_PORT/" -Ddashboard.token="$BENCH_PLACE/data/admin.token" \
    -Ddashboard.controller="$(noted_process "$BENCH_PLACE/controller.pid")" -Ddashboard.results="$LOGS/dashboard.json")
  figures "$LOGS/dashboard.json"
  end_place
  say "1000 made-up nodes, of which 100 change every tenth of a second"
  (cd "$ROOT" && JAVA_HOME=$JDK quietly "$LOGS/busy.log" ./mvnw -B -ntp test -pl common,agent,controller \
    -Dtest=BusyDashboardBench -Dtest.groups=bench -Dtest.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
    -Ddashboard.busy="$LOGS/busy.json")
  figures "$LOGS/busy.json"
}

# figures FILE
figures() {
  local what figure
  while IFS=$'\t' read -r what figure; do row "$what" "$figure"; done < \
    <(jq -r 'to_entries[] | [.key, (.value | tostring)] | @tsv' "$1")
}

# process_row NAME PIDFILE
process_row() {
  row "$1" "$(awk '/VmRSS/ { rss = $2 } /Threads/ { threads = $2 } END { printf "%.1f GB, %d threads", rss / 1e6, threads }' \
    "/proc/$(noted_process "$2")/status")"
}

# have_enrolled NODES
have_enrolled() {
  "$ROOT/scripts/swarmctl" nodes list -o json 2>/dev/null |
    jq -e --argjson nodes "$1" '(.nodes | length) == $nodes' >/dev/null
}
