# shellcheck shell=bash
# What the runs come to.

# provision_result: all that was measured so far.
provision_result() {
  jq -s --argjson machine "$(machine_json)" --argjson pis "$PI_COUNT" --argjson rounds "$ROUNDS" '
    def median: sort | if length == 0 then null else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;
    def hundredths: . * 100 | round / 100;
    def ratio($by): if $by and .median then (.median / $by | hundredths) else null end;
    {machine: $machine, pis: $pis, rounds: $rounds, runs: .,
     cases: (group_by(.docker) | map({docker: .[0].docker, ways: (group_by(.way) | map(.[0].way as $way
       | length as $begun | map(select(.failed | not)) | {
       way: $way, failed: ($begun - length),
       median: (map(.seconds) | median), min: (map(.seconds) | min), max: (map(.seconds) | max),
       pisProcessorSeconds: (map(.pisProcessorSeconds) | median), toolProcessorSeconds: (map(.toolProcessorSeconds) | median),
       otherProcessorSeconds: (map(.otherProcessorSeconds) | median)}))}
     | (.ways | map(select(.way == "bare")) | .[0].median) as $bare
     | (.ways | map(select(.way == "ansible")) | .[0].median) as $ansible
     | .ways |= (map(. + {overBare: ratio($bare), overAnsible: ratio($ansible)}) | sort_by(.median))))}
    ' "$BENCH_PLACE/runs" >"$LOGS/provision.json"
}

# provision_table CASE: the fastest first. Processor time: of the Pis, of the tool or controller, of all else on this machine.
provision_table() {
  printf '\n%-16s %9s %17s %11s %13s %24s\n' "" median "min .. max" "of bare's" "of Ansible's" "processor time, s"
  jq -r --arg case "$1" '.cases[] | select(.docker == $case).ways[] | select(.median) |
    [.way, .median, .min, .max, (.overBare // "-"), (.overAnsible // "-"),
     .pisProcessorSeconds, .toolProcessorSeconds, .otherProcessorSeconds] | @tsv' "$LOGS/provision.json" |
    while IFS=$'\t' read -r way median min max bare ansible pis tool other; do
      printf '%-16s %7.1f s %8.1f ..%6.1f %11s %13s %8.0f, %5.1f, %5.0f\n' \
        "$way" "$median" "$min" "$max" "$bare" "$ansible" "$pis" "$tool" "$other"
    done
  jq -r --arg case "$1" '.cases[] | select(.docker == $case).ways[] | select(.failed > 0) |
    "\(.way) failed \(.failed) times, which are in none of its figures"' "$LOGS/provision.json"
}
