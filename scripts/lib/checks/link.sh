# shellcheck shell=bash
# A network cable that is out for a while.

UNPLUGGED_SECONDS=90

link() {
  title "A Pi's link is cut for $UNPLUGGED_SECONDS s while it fetches packages"
  begin_fleet --pis 3 --plain-packages || return 0
  check "pi2 fetches packages" await_on pi2 300 \
    'find /var/cache/apt/archives/partial -type f -size +0 | grep -q .'
  check "its cable is pulled" "$ROOT/scripts/lab" link pi2 down
  sleep "$UNPLUGGED_SECONDS"
  check "its cable is plugged in after $UNPLUGGED_SECONDS s" "$ROOT/scripts/lab" link pi2 up
  check "it finishes by itself" is_ready 3 400
  check_no_ghost 3
  check_pis
  end_run
}
