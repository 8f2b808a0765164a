# shellcheck shell=bash
# How fast cards are written, beside dd.

# As much as Raspberry Pi OS Lite has.
FLASH_MEGABYTES=2700
FLASH_PLACE=

# bench_flash ROUNDS: the same bytes onto the same loop device, by both in turns, for none is to find the
# better moment. Both write past the page cache and end with fsync; neither reads back.
bench_flash() {
  FLASH_PLACE=$(mktemp -d "${TMPDIR:-/var/tmp}/swarmctl-bench.XXXXXX")
  trap 'end_flash; end_run' EXIT
  head -c "${FLASH_MEGABYTES}M" /dev/urandom >"$FLASH_PLACE/image"
  truncate -s "$((FLASH_MEGABYTES + 64))M" "$FLASH_PLACE/card"
  local device round
  device=$(losetup -f --show "$FLASH_PLACE/card")
  printf '%s\n' "$device" >"$FLASH_PLACE/device"
  say "$FLASH_MEGABYTES MiB onto $device, $1 rounds"
  # The first time the card's file gets its blocks, which takes longer.
  flash_by_dd "$device" >/dev/null
  printf '%-8s %12s %12s\n' round swarmctl dd
  for ((round = 1; round <= $1; round++)); do
    flash_round "$device" "$round"
  done
  flash_result
  end_flash
}

# flash_round DEVICE NUMBER: who begins changes each time.
flash_round() {
  local ours theirs
  if (($2 % 2)); then
    ours=$(flash_by_us "$1")
    theirs=$(flash_by_dd "$1")
  else
    theirs=$(flash_by_dd "$1")
    ours=$(flash_by_us "$1")
  fi
  cmp -n "$((FLASH_MEGABYTES << 20))" "$FLASH_PLACE/image" "$FLASH_PLACE/card" || die "the card is not the image"
  printf '%s %s\n' "$ours" "$theirs" >>"$FLASH_PLACE/seconds"
  printf '%-8s %10.3f s %10.3f s\n' "$2" "$ours" "$theirs"
}

# flash_by_us DEVICE, flash_by_dd DEVICE: print how many seconds writing took, as the program itself says.
flash_by_us() {
  sync
  "$ROOT/scripts/swarmctl" image flash "$FLASH_PLACE/image" "$1" --yes --force --no-verify -o json 2>>"$LOGS/flash.log" |
    jq -e '.cards[0] | select(.state == "good").writeSeconds'
}

flash_by_dd() {
  sync
  LC_ALL=C dd "if=$FLASH_PLACE/image" "of=$1" bs=4M oflag=direct conv=fsync 2>&1 |
    tee -a "$LOGS/flash.log" | awk '/copied/ { for (i = 1; i < NF; i++) if ($i == "copied,") print $(i + 1) }'
}

flash_result() {
  local ours theirs
  ours=$(cut -d' ' -f1 "$FLASH_PLACE/seconds" | median)
  theirs=$(cut -d' ' -f2 "$FLASH_PLACE/seconds" | median)
  jq -n --argjson bytes "$((FLASH_MEGABYTES << 20))" --argjson ours "$ours" --argjson dd "$theirs" \
    --slurpfile all <(sed 's/\(.*\) \(.*\)/{"swarmctl": \1, "dd": \2}/' "$FLASH_PLACE/seconds") \
    '{bytes: $bytes, rounds: $all, medianSeconds: {swarmctl: $ours, dd: $dd}, ratio: ($dd / $ours)}' >"$LOGS/flash.json"
  row "swarmctl image flash, median" "$(awk -v s="$ours" -v m="$FLASH_MEGABYTES" 'BEGIN { printf "%.3f s, %.0f MB/s", s, m * 1.048576 / s }')"
  row "dd, median" "$(awk -v s="$theirs" -v m="$FLASH_MEGABYTES" 'BEGIN { printf "%.3f s, %.0f MB/s", s, m * 1.048576 / s }')"
  row "speed, of dd's" "$(jq '.ratio * 100 | round / 100' "$LOGS/flash.json")"
}

# median: of the numbers on standard input, one a line.
median() { sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int((NR + 2) / 2)]) / 2 }'; }

end_flash() {
  [ -n "$FLASH_PLACE" ] || return 0
  [ ! -e "$FLASH_PLACE/device" ] || losetup -d "$(cat "$FLASH_PLACE/device")"
  rm -rf "$FLASH_PLACE"
  FLASH_PLACE=
}
