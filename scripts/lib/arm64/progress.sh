# shellcheck shell=bash
# From the first boot until the node reports.

# boot_until_enrolled SECONDS: whole boots until the controller has a report of the node.
boot_until_enrolled() {
  local number deadline=$((SECONDS + $1))
  STARTED=$(now)
  : >"$STATE/times"
  for ((number = 1; number <= MOST_BOOTS; number++)); do
    power_on "$number"
    tell "boot $number"
    await_end_or_report "$number" "$deadline"
    [ "$HOW" != reports ] || return 0
  done
  not_enrolled "it has booted $MOST_BOOTS times"
}

# await_end_or_report NUMBER DEADLINE: sets HOW to what ended the wait: rebooted, or reports.
await_end_or_report() {
  HOW='' LINES_TOLD=0 TOLD_AT=$SECONDS ASK_AT=0
  until [ -n "$HOW" ]; do
    sleep 1
    show_progress "$1"
    if is_off; then
      has_rebooted || not_enrolled "it went off in boot $1"
      HOW=rebooted
    elif node_reports; then
      HOW=reports
    elif [ "$SECONDS" -ge "$2" ]; then
      not_enrolled "the time was over, in boot $1"
    fi
  done
  printf '%s %s %s\n' "$1" "$(seconds_since "$BOOTED_AT")" "$HOW" >>"$STATE/times"
  tell "boot $1: it $HOW"
}

# Asks only when there is somebody to report, for each question costs the board time.
node_reports() {
  [ "$SECONDS" -ge "$ASK_AT" ] && console "$BOOT" | grep -q 'this is node' || return 1
  ASK_AT=$((SECONDS + 5))
  swarmctl nodes list -o json 2>>"$LOGS/asked.log" |
    jq -e --arg id "$SERIAL" '.nodes[] | select(.id == $id and .connected and .seenAt != null)' >"$STATE/node.json"
}

# show_progress NUMBER: what our programs say on the console, as they say it; once a minute, that it still boots.
show_progress() {
  local line
  while IFS= read -r line; do
    tell "  $line"
    LINES_TOLD=$((LINES_TOLD + 1)) TOLD_AT=$SECONDS
  done < <(our_lines "$BOOT" | tail -n "+$((LINES_TOLD + 1))")
  [ "$SECONDS" -ge "$((TOLD_AT + 60))" ] || return 0
  tell "  still in boot $1: $(console "$BOOT" | tail -n 1 | cut -c1-110)"
  TOLD_AT=$SECONDS
}

tell() { printf '%7s s  %s\n' "$(seconds_since "$STARTED")" "$1"; }

# not_enrolled WHY: the logs stay.
not_enrolled() {
  {
    say "the end of the console:"
    console "$BOOT" | tail -n 25
    say "the end of the controller's log:"
    tail -n 10 "$LOGS/controller.log"
  } >&2
  KEEP_LOGS=yes
  die "the node has not enrolled: $1" "logs: $STATE/boots, $LOGS" "to remove them: scripts/boot-arm64 --end"
}
