# shellcheck shell=bash
# Makes the card as everybody makes theirs. Needs BASE, the base image, and a controller.

# Where the board's network card reaches this machine.
HOST_ADDRESS=10.0.2.2

make_arm64_card() {
  (
    umask 077
    head -c 12 /dev/urandom | base64 >"$STATE/password"
    arm64_policy >"$STATE/fleet.yaml"
    # A key that is known here, to be looked for later.
    swarmctl enrolment create --expires 1d --uses 1 -o json | jq -r .text >"$STATE/enrolment.key"
  )
  swarmctl fleet apply --yes -f "$STATE/fleet.yaml" >"$LOGS/apply.log"
  quietly "$LOGS/image.log" "$ROOT/scripts/swarmctl" image build --base "$BASE" --out "$CARD" \
    --key-file "$STATE/enrolment.key" --controller "$HOST_ADDRESS:$SWARMCTL_GATEWAY_PORT" --no-mdns
  note_secrets
  boot_partition | secrets_in >"$STATE/secrets-before"
  say "made the card: $(stat -c %s "$CARD" | numfmt --to=iec), $(du -m "$CARD" | cut -f1) MB of it written"
}

# No role: the node comes, says what it is, and waits.
arm64_policy() {
  cat <<END
version: 1
user:
  name: ada
  passwordHash: '$(password_hash <"$STATE/password")'
END
}
