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
  say "until $1 simulated nodes have enrolled, and wait for a role"
  within $((120 + $1)) have_come "$1" || die "not all have enrolled" "$(tail -n 2 "$LOGS/simulate.log")"
  row machine "$(nproc) cores, on which controller, nodes and browser run together"
  say "$1 simulated nodes get their roles"
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

# have_come NODES: all are there, and but for a few, whose mirror has hiccups, have nothing to do.
have_come() {
  "$ROOT/scripts/swarmctl" nodes list -o json 2>/dev/null |
    jq -e --argjson nodes "$1" '(.nodes | length) == $nodes and ([.nodes[] | select(.state == "new")] | length) >= 0.98 * $nodes' >/dev/null
}
