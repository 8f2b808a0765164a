# shellcheck shell=bash
# Packages through the controller: once for all, whatever breaks on the way.
# shellcheck source=scripts/lib/bench/cache.sh
. "$ROOT/scripts/lib/bench/cache.sh"

CACHE_PIS=10

cache() {
  trap 'status=$?; cut_archive -D; count_no_more; end_tests "$status"' EXIT
  title "Packages for $CACHE_PIS Pis through the controller's cache"
  local one
  if one=$(fetched_by 1); then
    fetched_for_all "$one"
  else
    failed "one Pi becomes a swarm" "$(tail -n 5 "$LOGS/cache-1.log")"
  fi
  title "The archive is cut off while Pis fetch packages"
  upstream_cut
  title "The controller is killed with -9 while $CACHE_PIS Pis fetch packages"
  killed_while_fetching cache_is_whole --plain-packages
  title "The controller is killed with -9 while $CACHE_PIS Pis fetch what it has gathered"
  killed_while_fetching gathered_is_whole
}

# fetched_by PIS: what came from outside for them, in bytes of TCP.
fetched_by() {
  count_traffic
  if ! "$ROOT/scripts/demo" --pis "$1" --plain-packages --keep >"$LOGS/cache-$1.log" 2>&1; then
    count_no_more
    "$ROOT/scripts/demo" --end
    return 1
  fi
  say "$(($(bytes_on INPUT) + $(bytes_on FORWARD)))"
  count_no_more
  "$ROOT/scripts/demo" --end >/dev/null
}

fetched_for_all() {
  local one=$1 all
  count_traffic
  begin_run --pis "$CACHE_PIS" --plain-packages || return 0
  all=$(($(bytes_on INPUT) + $(bytes_on FORWARD)))
  count_no_more
  check "what comes from outside for $CACHE_PIS Pis is within 2 % of that for one ($one bytes, $all bytes)" \
    test "$all" -le "$((one * 102 / 100))"
  check "no Pi went directly" no_warning_of_packages
  check "nothing in the cache was damaged" equal 0 "$(cache_number discarded)"
  check "what it has is what it should be" cache_is_whole
  end_run
}

cache_number() { swarmctl cache status -o json | jq ".$1"; }

no_warning_of_packages() {
  nothing "$(swarmctl nodes list -o json | jq -r '.nodes[].id' | while read -r id; do
    swarmctl nodes show "$id" -o json | jq -r '.. | strings | select(startswith("packages come directly"))'
  done)"
}

# Every file has the length and the checksum that its note says.
cache_is_whole() {
  local note file
  for note in "$DEMO"/data/packages/*.json; do
    case $note in *.part.json) continue ;; esac
    file=${note%.json}
    equal "$(jq -r '"\(.length) \(.sha256)"' "$note")" "$(stat -c %s "$file") $(sha256sum "$file" | cut -d' ' -f1)" || return 1
  done
}

# Every package that was gathered has the checksum that their index tells.
gathered_is_whole() {
  local index indexes
  mapfile -t indexes < <(find "$DEMO/data/docker" -name Packages)
  [ "${#indexes[@]}" -gt 0 ] || return 1
  for index in "${indexes[@]}"; do
    (cd "$(dirname "$index")" && awk '/^Filename:/ { file = $2 } /^SHA256:/ { print $2 "  " file }' Packages |
      sha256sum --quiet -c -) || return 1
  done
}

# cut_archive -I|-D: this machine's package servers cannot be reached, from here and from the Pis.
cut_archive() {
  local address chain
  for address in $(mirror_addresses); do
    for chain in OUTPUT FORWARD; do
      iptables -w 10 "$1" "$chain" -d "$address" -p tcp -m multiport --dports 80,443 -j REJECT --reject-with tcp-reset 2>/dev/null ||
        [ "$1" = -D ] || return 1
    done
  done
}

# In the middle of the Pis' work for a while, and later for good.
upstream_cut() {
  begin_fleet --pis 3 --managers 1 --plain-packages || return 0
  check "something comes through the cache" within 240 cache_has 20000000
  cut_archive -I
  sleep 20
  cut_archive -D
  check "cut off for 20 s in the middle, the Pis finish" is_ready 3 500
  check "a Pi that is flashed anew has its packages fetched, those too that came directly meanwhile" installs_anew
  cut_archive -I
  check "with the archive away, what was fetched still installs" installs_anew
  cut_archive -D
  check "nothing in the cache was damaged" equal 0 "$(cache_number discarded)"
  check "what it has is what it should be" cache_is_whole
  check_pis
  end_run
}

cache_has() { [ "$(cache_number bytesServed)" -ge "$1" ]; }

# A worker is flashed anew, and has to install everything again.
installs_anew() {
  local pi manager
  manager=$(a_manager)
  pi=$(pis | grep -vx "$manager" | tail -n 1)
  "$ROOT/scripts/lab" reflash "$pi" || return 1
  within 400 is_in_swarm "$pi" || { on "$pi" journalctl -u swarm-agent --no-pager | tail -n 20 && return 1; }
  is_ready 3 120
}

is_in_swarm() { [ "$(on "$1" docker info --format '{{.Swarm.LocalNodeState}}' 2>/dev/null)" = active ]; }

# killed_while_fetching CHECK [OPTION]...: of what the controller has, and the demo's.
killed_while_fetching() {
  begin_fleet --pis "$CACHE_PIS" --managers 1 "${@:2}" || return 0
  local round
  for round in 1 2 3; do
    check "Pis fetch packages" within 300 cache_has $((round * 20000000))
    check "the controller is killed with -9" "$ROOT/scripts/demo" --kill-controller
    sleep 3
    check "it starts again" "$ROOT/scripts/demo" --start-controller
  done
  check "all Pis finish" is_ready "$CACHE_PIS" 900
  check "no Pi was given a file that apt found damaged" no_damage_seen
  check "what it has is what it should be" "$1"
  check_pis
  end_run
}

no_damage_seen() {
  local pi
  for pi in $(pis); do
    nothing "$(on "$pi" journalctl -u swarm-agent --no-pager | grep -E 'Hash Sum|unexpected size|does not fit; having it')" || return 1
  done
}
