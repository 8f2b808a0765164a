# shellcheck shell=bash
# The first boot, without power from each of its lines on in turn: every card ends as a node.

firstrun_cuts() {
  local line
  title "Power cuts at every line of the first boot"
  begin_fleet --pis 1 || return 0
  check "a card that has not booted is kept" keep_blank_card pi1
  check "the first boot tells its lines" note_lines pi1
  for line in $(lines); do check "no power from line $line on" ends_as_node pi1 "$line"; done
  end_run
}

# TEST_LINES=120-130 takes a part of them.
lines() {
  local wanted=${TEST_LINES:-1-9999}
  awk -v first="${wanted%-*}" -v last="${wanted#*-}" '$1 >= first && $1 <= last' "$LOGS/lines"
}

keep_blank_card() {
  "$ROOT/scripts/lab" reflash "$1" --no-boot || return 1
  cp --sparse=always "$(card_of "$1")" "$LOGS/blank.img"
  boot_file "$1" swarmctl-firstrun.sh | with_cuts >"$LOGS/firstrun.sh"
  mcopy -o -i "$LOGS/blank.img$BOOT_PARTITION" "$LOGS/firstrun.sh" ::swarmctl-firstrun.sh
}

# The same lines, but for the first two: before each command bash looks whether it is the one to stop at. Without a
# number it notes where it has been. Run by another shell, as it is later on, it does neither.
with_cuts() {
  cat <<'CUTS'
#!/bin/bash
[ -z "${BASH_VERSION:-}" ] || { cut=$(cat /opt/hardware/cut-at 2>/dev/null || echo none); set -T; trap 'case $cut in none) ;; "$LINENO") : >/stopped; sleep 600 ;; 0) echo $LINENO >>/lines ;; esac' DEBUG; }
CUTS
  tail -n +3
}

# insert_blank_card PI CUT-AT
insert_blank_card() {
  forget_node "$1"
  cp --sparse=always "$LOGS/blank.img" "$(card_of "$1")"
  say "$2" >"$(dirname "$(card_of "$1")")/hardware/cut-at"
  "$ROOT/scripts/lab" boot "$1" --no-wait
}

# A Pi's root partition, as it is now.
root_of() { say "/proc/$(cut -d ' ' -f 1 "$(dirname "$(card_of "$1")")/supply.pid")/root$(dirname "$(card_of "$1")")/root"; }

note_lines() {
  insert_blank_card "$1" 0
  within 120 is_node || return 1
  sort -nu "$(root_of "$1")/lines" >"$LOGS/lines"
  [ "$(wc -l <"$LOGS/lines")" -gt 50 ] || { cat "$LOGS/lines" && return 1; }
}

# ends_as_node PI LINE
ends_as_node() {
  local gone
  insert_blank_card "$1" "$2" || return 1
  within 60 test -e "$(root_of "$1")/stopped" || { say "it did not come to that line" && return 1; }
  "$ROOT/scripts/lab" power-cut "$1" || return 1
  gone=$(dirname "$(card_of "$1")")/hardware/cut-at
  rm -f "$gone"
  "$ROOT/scripts/lab" boot "$1" --no-wait || return 1
  within 120 is_node || { "$ROOT/scripts/lab" logs "$1" -n 40 && return 1; }
  within 20 first_boot_is_over "$1"
}
