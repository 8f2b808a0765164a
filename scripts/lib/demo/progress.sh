# shellcheck shell=bash
# What the Pis are at, live: a line for each on a terminal, else a line for each step.

# One node a line, as fields that are never empty; then a line that ends the round.
# shellcheck disable=SC2016 # jq's variables
ROUND='(.nodes[] | [.name, (.role // "-"), .state, (.why | if . == "" then "-" else . end)]), ["."] | @tsv'

# follow NODES STARTED TIMEOUT: shows progress until `swarmctl status --wait` has ended; its exit code.
follow() {
  local waiting line='' more
  : >"$STATE/logs/wait.log"
  "$ROOT/scripts/swarmctl" status --wait --nodes "$1" --timeout "$3s" >"$STATE/logs/wait.log" 2>&1 &
  waiting=$!
  note_process "$STATE/wait.pid" "$waiting"
  exec 8< <(exec 2>>"$STATE/logs/watch.log" && watch_nodes)
  ROWS=() SHOWN=0
  declare -gA STEP=()
  while kill -0 "$waiting" 2>/dev/null; do
    # When its time is over in the middle of a line, read gives what there is.
    IFS= read -r -t 0.5 more <&8 || { line+=$more && continue; }
    line+=$more
    if [ "$line" = . ]; then show_round "$1" "$2"; else ROWS+=("$line"); fi
    line=
  done
  stop_following
  wait "$waiting"
}

watch_nodes() {
  "$ROOT/scripts/swarmctl" nodes list --watch -o json > >(jq --unbuffered -r "$ROUND") &
  note_process "$STATE/watch.pid" $!
  wait
}

stop_following() {
  local name
  for name in watch wait; do end_noted_process "$STATE/$name.pid" TERM; done
}

# show_round NODES STARTED
show_round() {
  if [ -t 1 ]; then redraw "$1" "$2"; else print_steps "$2"; fi
  ROWS=()
}

redraw() {
  local row name role state why width
  width=$(tput cols 2>/dev/null || echo 80)
  [ "$SHOWN" -eq 0 ] || printf '\033[%dA' "$SHOWN"
  printf '\033[K%6s s  %d of %d enrolled\n' "$(seconds_since "$2")" "${#ROWS[@]}" "$1"
  for row in "${ROWS[@]}"; do
    IFS=$'\t' read -r name role state why <<<"$row"
    printf '\033[K%.*s\n' "$((width - 1))" "$(printf '  %-8s %-8s %-8s %s' "$name" "$role" "$state" "${why#-}")"
  done
  SHOWN=$((1 + ${#ROWS[@]}))
}

# Without percentages and the like, which come after a colon.
print_steps() {
  local row name role state why step
  for row in "${ROWS[@]}"; do
    IFS=$'\t' read -r name role state why <<<"$row"
    [ "$state" = failed ] || why=${why%%:*}
    step="$role $state $why"
    [ "${STEP[$name]:-}" != "$step" ] || continue
    STEP[$name]=$step
    printf '%6s s  %-8s %-8s %-8s %s\n' "$(seconds_since "$1")" "$name" "$role" "$state" "${why#-}"
  done
}

# not_ready NODES: says what is known about it, and fails.
not_ready() {
  local pi
  {
    printf '\n%s: the swarm is not complete. What the controller knows:\n\n' "$PROGRAM"
    swarmctl nodes list || true
    tail -n 3 "$STATE/logs/wait.log"
    for pi in $(unready_pis); do
      printf "\nthe end of %s's agent's journal:\n" "$pi"
      "$ROOT/scripts/lab" logs "$pi" -u swarm-agent -o short-monotonic | tail -n 15 || true
    done
    printf "\nthe end of the controller's log:\n"
    tail -n 10 "$STATE/logs/controller.log"
  } >&2
  exit 1
}

# By the lab's names; five at most.
unready_pis() {
  local ready
  ready=$(swarmctl nodes list -o json | jq -c '[.nodes[] | select(.state == "ready").id]' || echo '[]')
  "$ROOT/scripts/lab" list -o json | jq -r --argjson ready "${ready:-[]}" \
    '[.[] | select(.serial as $id | $ready | index($id) | not).name][:5][]'
}
