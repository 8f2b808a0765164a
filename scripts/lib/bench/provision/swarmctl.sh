# shellcheck shell=bash
# swarmctl: one image, a controller on this machine, and nobody who types.

# The controller gathers Docker's packages, and boards install them without an index.
# shellcheck disable=SC2034 # for the bench
FETCHES_INDEX=no

# bring CASE: sets BROUGHT, options for what else the cards bring along.
bring() { BROUGHT=(); }

cli() { "$ROOT/scripts/swarmctl" "$@"; }

# prepare CASE COUNT IMAGE: a controller that knows none of the boards. The first node that comes is the manager, as in
# the other ways it is the first of the list.
prepare() {
  rm -rf "$BENCH_PLACE/data" "$BENCH_PLACE/config"
  # On this machine's disk, which all of the cards share, each of its writes would wait for theirs.
  in_memory "$BENCH_PLACE/data"
  unset SWARMCTL_LISTEN # Pis have to reach it
  # What was free when the bench began may be taken by now.
  free_ports "$SWARMCTL_HTTPS_PORT"
  begin_controller "${OWN_MACHINE[@]}"
  (umask 077 && cat >"$BENCH_PLACE/fleet.yaml") <<EOF
version: 1
user:
  name: pi
  passwordHash: '$PASSWORD_HASH'
docker:
  source: debian
swarm:
  addressPools: [10.20.0.0/16]
roles:
  auto:
    managers: 1
    settle: 0s
EOF
  cli fleet apply --yes -f "$BENCH_PLACE/fleet.yaml" >"$LOGS/apply.log"
  "$ROOT/scripts/card" kit --arch "$(dpkg --print-architecture)" >"$LOGS/kit.log"
  plain_card "$1" "$BENCH_PLACE/base.img"
  rm -f "$3"
  bring "$1"
  quietly "$LOGS/image.log" cli image build --base "$BENCH_PLACE/base.img" --out "$3" \
    --controller "${LAB_NET:-10.77.0}.1:$SWARMCTL_GATEWAY_PORT" --expires 1d --uses 1000 "${BROUGHT[@]}"
  rm -f "$BENCH_PLACE/base.img"
}

start() { :; }

again() { :; }

finish() {
  cli nodes list -o json >"$LOGS/nodes.json" 2>/dev/null || true
  end_controller
  umount "$BENCH_PLACE/data"
}
