# shellcheck shell=bash
# What comes from outside for one Pi, for three and for ten that fetch their packages through the controller, as their
# archive has them.

CACHE_FLEETS=(1 3 10)
# shellcheck source=scripts/lib/bench/machine.sh
. "$ROOT/scripts/lib/bench/machine.sh"

# bench_cache PIS: the fleets up to that many, each with an empty cache.
bench_cache() {
  local pis fleets=()
  for pis in "${CACHE_FLEETS[@]}"; do [ "$pis" -gt "$1" ] || fleets+=("$pis"); done
  [[ " ${fleets[*]} " == *" $1 "* ]] || fleets+=("$1")
  BEGUN=yes
  trap 'count_no_more; end_run' EXIT
  row machine "$(machine_row)"
  printf '%-6s %14s %14s %14s %10s %10s %10s\n' Pis 'to controller' 'to Pis direct' 'through cache' requests compared seconds
  for pis in "${fleets[@]}"; do cache_round "$pis"; done
  jq -s --argjson machine "$(machine_json)" '{machine: $machine, rounds: .}' "$LOGS/cache.rounds" >"$LOGS/cache.json"
  say "as JSON: $LOGS/cache.json"
}

# cache_round PIS: one line of the table. Bytes are those of TCP from package servers, counted by the kernel.
cache_round() {
  local pis=$1 started seconds cache inward direct
  count_traffic
  started=$(now)
  quietly "$LOGS/cache-$pis.log" "$ROOT/scripts/demo" --pis "$pis" --plain-packages --keep
  seconds=$(seconds_since "$started")
  cache=$(swarmctl cache status -o json)
  inward=$(bytes_on INPUT) direct=$(bytes_on FORWARD)
  end_run
  BEGUN=yes
  count_no_more
  jq -nc --argjson pis "$pis" --argjson inward "$inward" --argjson direct "$direct" --argjson cache "$cache" \
    --arg seconds "$seconds" '{pis: $pis, upstreamBytes: $inward, directBytes: $direct, servedBytes: $cache.bytesServed,
      fetchedBytes: $cache.bytesFetched, requests: ([$cache.upstreams[].requests] | add), hits: $cache.hits,
      joined: $cache.joined, misses: $cache.misses, seconds: ($seconds | tonumber)}' >>"$LOGS/cache.rounds"
  jq -rs '(.[0] | .upstreamBytes + .directBytes) as $one | last |
    [.pis, .upstreamBytes, .directBytes, .servedBytes, .requests, (.upstreamBytes + .directBytes) / $one, .seconds] | @tsv' \
    "$LOGS/cache.rounds" |
    awk '{ printf "%-6d %11.2f MB %11.2f MB %11.2f MB %10d %8.3f x %10.1f\n", $1, $2 / 1e6, $3 / 1e6, $4 / 1e6, $5, $6, $7 }'
}

# Rules that let everything pass, and count; they go when the round ends.
count_rules() {
  local address port
  for address in $(mirror_addresses); do
    for port in 80 443; do
      say "INPUT -s $address -p tcp --sport $port -m comment --comment swarmctl-bench"
      say "FORWARD -s $address -p tcp --sport $port -m comment --comment swarmctl-bench"
    done
  done
}

mirror_addresses() {
  # shellcheck disable=SC2016 # the field is apt's, not the shell's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' |
    sed -nE 's,^https?://([^/:@]+).*,\1,p' | sort -u | xargs -r getent ahostsv4 | awk '{ print $1 }' | sort -u
}

count_traffic() {
  local rule words
  count_no_more
  while read -r rule; do
    read -ra words <<<"$rule"
    iptables -w 10 -I "${words[0]}" 1 "${words[@]:1}"
  done < <(count_rules)
}

# Those of a run that was killed too: they would count again what this one counts.
count_no_more() {
  local words
  while read -ra words; do
    iptables -w 10 -D "${words[@]:1}" 2>/dev/null || true
  done < <(iptables -w 10 -S | grep -- '--comment swarmctl-bench')
}

# bytes_on CHAIN: bytes since the counting began.
bytes_on() {
  iptables -w 10 -nvxL "$1" | awk '/swarmctl-bench/ { sum += $2 } END { print sum + 0 }'
}
