# shellcheck shell=bash
# swarmctl, with Docker's packages on the card: gathered once for all boards, and packed anew for them.

# shellcheck disable=SC2034 # for the bench
ONLY=install
# shellcheck source=scripts/lib/bench/provision/swarmctl.sh
. "$WAYS/swarmctl.sh"

# As the making of the image, it is no part of what is measured.
bring() {
  local packages=$BENCH_PLACE/docker-packages
  [ -d "$packages" ] || quietly "$LOGS/fetch-docker.log" cli image fetch-docker --arch "$(dpkg --print-architecture)" \
    --suite "$(. /etc/os-release && say "$VERSION_CODENAME")" "$packages"
  BROUGHT=(--with-docker "$packages")
}
