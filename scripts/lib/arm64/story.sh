# shellcheck shell=bash
# What the boots' consoles tell. Each line begins with its time, in seconds since the kernel of that boot started.

# console BOOT: whole lines, without colours.
console() { tr -d '\r' <"$1/console" | sed -e 's/\x1b\[[0-9;]*[a-zA-Z]//g' -e '/^$/d'; }

# our_lines BOOT: what the first boot's script and the agent say, and who sets the clock meanwhile.
our_lines() {
  console "$1" | { grep -E '(swarmctl-firstrun.sh|swarm-agent-start)\[|system clock to|advancing clock' || true; } | cut -c1-200
}

# moment BOOT PATTERN: when the console first says so.
moment() { console "$1" | sed -nE "/$2/ { s/^\[ *([0-9.]+)\].*/\1/p; q }"; }

# Times, the node's log of its enrolment, and what is left on the card.
tell_story() {
  local boot
  printf '\ntimes, in seconds:\n'
  while read -r boot seconds how; do
    printf '  boot %d: it %s after %.1f%s\n' "$boot" "$how" "$seconds" "$(landmarks "$STATE/boots/$boot")"
  done <"$STATE/times"
  for boot in "$STATE"/boots/*; do
    printf '\nboot %s, by its console:\n' "${boot##*/}"
    our_lines "$boot" | sed 's/^/  /'
  done
  printf '\nthe node, as the controller knows it:\n'
  swarmctl nodes show "$(jq -r .name "$STATE/node.json")" | sed 's/^/  /'
  printf '\nthe boot partition, on which of the key and the first user'"'"'s password hash %s were before:\n' "$(<"$STATE/secrets-before")"
  on_card mdir -b ::/ | sed 's,^::/,  ,'
  printf '  cmdline.txt: %s\n' "$(on_card mtype ::/cmdline.txt)"
  printf '  secrets on it, also in what was removed: %s\n\n' "$(boot_partition | secrets_in)"
}

# landmarks BOOT: of the seconds, those that matter.
landmarks() {
  local what pattern at
  while IFS='|' read -r what pattern; do
    at=$(moment "$1" "$pattern")
    [ -z "$at" ] || printf ', %s at %.1f' "$what" "$at"
  done <<'END'
its script began|]: swarmctl: first boot
the agent was started|]: Started swarm-agent
the clock was set|INFO the clock said
the node was in|INFO this is node
END
}
