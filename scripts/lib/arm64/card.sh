# shellcheck shell=bash
# The card: where it lies, how it is laid out, and ways to look at it without a mount.

STATE=${ARM64_STATE:-/var/lib/swarmctl-arm64}
CARD=$STATE/card.img

# In MiB, as Raspberry Pi OS has it; the root partition takes the rest.
BOOT_AT=8
BOOT_SIZE=512
ROOT_AT=$((BOOT_AT + BOOT_SIZE))

# on_card MTOOL...: on its boot partition.
on_card() { "$1" -i "$CARD@@${BOOT_AT}M" "${@:2}"; }

# root_of_card COMMAND: what debugfs says of its root partition.
root_of_card() { debugfs -R "$1" "$CARD?offset=$((ROOT_AT << 20))" 2>/dev/null; }

# The boot partition as it is, with what was removed from it.
boot_partition() { dd "if=$CARD" bs=1M "skip=$BOOT_AT" "count=$BOOT_SIZE" status=none; }

# What must not stay on the boot partition; in a file, for arguments are for all to see.
note_secrets() (
  umask 077
  { cat "$STATE/enrolment.key" && awk -F"'" '/passwordHash/ { print $2 }' "$STATE/fleet.yaml"; } >"$STATE/secrets"
)

# secrets_in: how many of them standard input has.
secrets_in() {
  tr -s '\0\n' '\n' | { grep -aoFf "$STATE/secrets" || true; } | sort -u | wc -l
}
