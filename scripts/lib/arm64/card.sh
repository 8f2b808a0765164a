# shellcheck shell=bash
# The card: made as everybody makes theirs, with a first user and a key that is known here, to be looked for later.

# Where the board's network card reaches this machine.
HOST_ADDRESS=10.0.2.2

# arm64_card: needs BASE, and a controller.
arm64_card() {
  (
    umask 077
    head -c 12 /dev/urandom | base64 >"$STATE/password"
    arm64_policy >"$STATE/fleet.yaml"
    swarmctl enrolment create --expires 1d --uses 1 -o json | jq -r .text >"$STATE/enrolment.key"
  )
  swarmctl fleet apply --yes -f "$STATE/fleet.yaml" >"$LOGS/apply.log"
  quietly "$LOGS/image.log" "$ROOT/scripts/swarmctl" image build --base "$BASE" --out "$CARD" --key-file "$STATE/enrolment.key" \
    --controller "$HOST_ADDRESS:$SWARMCTL_GATEWAY_PORT" --no-mdns
  say "made the card: $(stat -c %s "$CARD" | numfmt --to=iec) of which $(du -m "$CARD" | cut -f1) MB are not empty"
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
