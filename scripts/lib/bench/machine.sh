# shellcheck shell=bash
# What a figure was measured on, for people and for programs.

# machine_json: the machine that the bench runs on.
machine_json() {
  jq -n \
    --arg processor "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)" \
    --argjson cores "$(nproc)" \
    --argjson memoryBytes "$(awk '/^MemTotal/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)" \
    --arg architecture "$(uname -m)" \
    --arg kernel "$(uname -r)" \
    --arg system "$(. /etc/os-release && printf '%s' "$PRETTY_NAME")" \
    --arg debian "$(cat /etc/debian_version 2>/dev/null)" \
    --arg java "$("${JDK:+$JDK/bin/}java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')" \
    --arg docker "$(apt-cache policy docker.io | sed -n 's/^ *Candidate: //p')" \
    --arg date "$(date -u +%FT%TZ)" \
    --arg commit "$(git -C "$ROOT" describe --always --dirty 2>/dev/null)" \
    '{$processor, $cores, $memoryBytes, $architecture, $kernel, $system, $debian, $java, $docker, $date, $commit}'
}

# machine_row: the same on one line.
machine_row() {
  machine_json | jq -r '"\(.cores) cores (\(.processor)), \(.memoryBytes / 1e9 | round) GB, Linux \(.kernel), Debian \(.debian), Java \(.java), Docker \(.docker)"'
}

FIGURES='{}'

# figure NAME NUMBER: for the table, and in FIGURES for programs.
figure() {
  row "  $1" "$2"
  FIGURES=$(jq -c --arg name "$1" --argjson value "$2" '. + {($name): $value}' <<<"$FIGURES")
}

row() { printf '%-34s %s\n' "$1" "$2"; }

# percent_of_core BEFORE AFTER SECONDS: of processor time in ticks.
percent_of_core() {
  awk -v t="$(($2 - $1))" -v hz="$(getconf CLK_TCK)" -v s="$3" 'BEGIN { printf "%.2f\n", 100 * t / hz / s }'
}
