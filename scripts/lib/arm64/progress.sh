# shellcheck shell=bash
# From the first boot until the node reports, and what there is to tell of it.

# boot_until_enrolled SECONDS: whole boots until the controller has a report of the node.
boot_until_enrolled() {
  local number deadline=$((SECONDS + $1))
  STARTED=$(now)
  : >"$STATE/times"
  for ((number = 1; number <= MOST_BOOTS; number++)); do
    power_on "$number"
    say "$(seconds_since "$STARTED") s  boot $number"
    await_end_or_report "$number" "$deadline"
    [ "$HOW" != reports ] || return 0
  done
  not_enrolled "it has booted $MOST_BOOTS times, and is not enrolled"
}

# await_end_or_report NUMBER DEADLINE: sets HOW to what ended the wait, "rebooted" or "reports".
await_end_or_report() {
  HOW=''
  SHOWN=0 LINES_TOLD=0 ASK_AT=0
  until [ -n "$HOW" ]; do
    sleep 1
    show_progress "$1"
    if is_off; then
      has_rebooted || not_enrolled "it has gone off in boot $1"
      HOW=rebooted
    elif node_reports; then
      HOW=reports
    elif [ "$SECONDS" -ge "$2" ]; then
      not_enrolled "the time is over, in boot $1"
    fi
  done
  printf '%s %s %s\n' "$1" "$(seconds_since "$BOOTED_AT")" "$HOW" >>"$STATE/times"
  say "$(seconds_since "$STARTED") s  boot $1: $HOW after $(seconds_since "$BOOTED_AT") s"
}

# Asks only when there is somebody to report, for each question costs the machine time.
node_reports() {
  [ "$SECONDS" -ge "$ASK_AT" ] && grep -q 'this is node' "$BOOT/console" || return 1
  ASK_AT=$((SECONDS + 5))
  swarmctl nodes list -o json 2>>"$LOGS/asked.log" |
    jq -e --arg id "$SERIAL" '.nodes[] | select(.id == $id and .connected and .seenAt != null)' >"$STATE/node.json"
}

# show_progress NUMBER: what our programs say on the console, as they say it; once a minute, that it still boots.
show_progress() {
  local line
  while IFS= read -r line; do
    say "$(seconds_since "$STARTED") s    $line"
  done < <(our_lines | tail -n "+$((LINES_TOLD + 1))")
  LINES_TOLD=$(our_lines | wc -l)
  [ "$SECONDS" -ge "$((SHOWN + 60))" ] || return 0
  [ "$SHOWN" -eq 0 ] || say "$(seconds_since "$STARTED") s    boot $1 goes on: $(last_line)"
  SHOWN=$SECONDS
}

# What firstrun and the agent say in this boot, and who sets the clock.
our_lines() {
  tr -d '\r' <"$BOOT/console" | { grep -E 'swarmctl|swarm-agent|system clock to|advancing clock' || true; } |
    grep -v 'Kernel command line' | cut -c1-200
}

last_line() { tr -d '\r' <"$BOOT/console" | grep . | tail -n 1 | cut -c1-120; }

# not_enrolled WHY
not_enrolled() {
  {
    say "the end of the console of this boot:"
    tail -n 25 "$BOOT/console"
    say "the end of the controller's log:"
    tail -n 10 "$LOGS/controller.log"
  } >&2
  KEEP_LOGS=yes
  die "the node has not enrolled: $1" "logs: $STATE/boots, $LOGS"
}

# tell_story: times, and the log of the enrolment from both sides.
tell_story() {
  say ''
  say 'times:'
  awk '{ printf "  boot %d  %6.1f s  until it %s\n", $1, $2, $3 }' "$STATE/times"
  say ''
  say "the node, by its agent's journal (the machine's clock began at $CLOCK_SAYS):"
  our_lines | sed 's/^/  /'
  say ''
  say "by the controller's log:"
  grep -F "$SERIAL" "$LOGS/controller.log" | sed 's/^/  /' || say '  nothing'
  say ''
  say "the boot partition afterwards:"
  on_card mdir -b ::/ | sed 's,^::/,  ,'
  say "  cmdline.txt: $(on_card mtype ::/cmdline.txt)"
  say ''
}
