# shellcheck shell=bash
# Which of TLS 1.3's ciphers the agent's JVM is fast with, and which the controller's.
# shellcheck source=scripts/lib/bench/machine.sh
. "$ROOT/scripts/lib/bench/machine.sh"

bench_ciphers() {
  local agent controller
  row machine "$(machine_row)"
  mapfile -t agent < <(speeds_of -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
  mapfile -t controller < <(speeds_of -XX:+UseSerialGC)
  printf '%-34s %14s %18s\n' "decrypting, MB/s" AES-128-GCM ChaCha20-Poly1305
  printf '%-34s %14s %18s\n' "compiled by C1, as the agent is" "${agent[@]}" "by C2, as the controller is" "${controller[@]}"
  jq -n --argjson machine "$(machine_json)" '{machine: $machine, agent: {aes: $ARGS.positional[0], chacha20: $ARGS.positional[1]},
    controller: {aes: $ARGS.positional[2], chacha20: $ARGS.positional[3]}}' \
    --jsonargs "${agent[@]}" "${controller[@]}" >"$LOGS/ciphers.json"
  say "as JSON: $LOGS/ciphers.json"
}

# speeds_of OPTION...: of the JVM; AES and ChaCha20, a line each.
speeds_of() { java "$@" "$ROOT/scripts/lib/bench/Ciphers.java" | awk '{ print $2 }'; }
