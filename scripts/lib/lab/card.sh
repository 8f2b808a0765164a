# shellcheck shell=bash
# A Pi's SD card: a sparse file with a file system of its own, in which lies what was written since the card
# was flashed. So it can be full, and it can lose what was not yet written down when the power went.
#
# card.img    the card
# card        where the Pi's supply has it mounted, in its own mount namespace
#   upper, work        of the overlay over base and image
#   docker, containerd /var/lib/... of it: outside the overlay, which Docker cannot stack on
#   filler             what takes the room when the card is to be full

CARD_SIZE=${CARD_SIZE:-16G}
# Ends a file system at once: nothing that it has not written by now is ever written. EXT4_IOC_SHUTDOWN, which
# takes a pointer to the number 2: without even the journal.
SHUTDOWN_EXT4='open(my $d, "<", $ARGV[0]) or die "$ARGV[0]: $!\n";
  my $how = pack("L", 2);
  ioctl($d, 0x8004587d, $how) or die "$ARGV[0]: $!\n"'

# card_flash NAME: a blank one. A new file is all zeros, so that mke2fs need not write any.
card_flash() {
  local dir=$PIS/$1
  card_is_out "$1" || die "the card of $1 is in use" "scripts/lab power-cut $1"
  rm -f "$dir/card.img"
  truncate -s "$(cat "$LAB_STATE/card-size")" "$dir/card.img"
  mkfs.ext4 -q -F -m 0 -E nodiscard,assume_storage_prezeroed=1 -O ^huge_file -L rootfs "$dir/card.img"
}

# card_insert NAME: mounts it, in the mount namespace of the caller.
card_insert() {
  local dir=$PIS/$1/card
  mount -o loop,noatime "$PIS/$1/card.img" "$dir"
  mkdir -p "$dir"/{upper,work,docker,containerd}
}

# card_stop NAME: from this moment on nothing reaches the card any more, and what has not is lost.
card_stop() {
  local card
  card=$(card_in_use "$1") || return 0
  perl -e "$SHUTDOWN_EXT4" "$card" || true # it may have gone by itself meanwhile
}

# card_in_use NAME: the path by which this machine reaches the card of a Pi that is on.
card_in_use() {
  local supply card
  supply=$(noted_process "$PIS/$1/supply.pid") || return 1
  card=/proc/$supply/root$PIS/$1/card
  # A file system of its own, and not yet the bare directory.
  [ "$(stat -c %d "$card")" != "$(stat -c %d "$PIS/$1")" ] && printf '%s\n' "$card"
}

# The kernel lets go of a card some time after the last process that saw it has ended; mounted before that,
# it would be in two drives at once.
card_is_out() { [ ! -e "$PIS/$1/card.img" ] || [ -z "$(losetup -j "$PIS/$1/card.img")" ]; }

# with_card NAME COMMAND...: a card that is in no Pi, looked at as the next boot will find it.
with_card() {
  local name=$1
  shift
  # shellcheck disable=SC2016 # the other shell's
  unshare --mount --propagation private sh -c 'mount -o loop,noatime "$1" "$2" && shift 2 && "$@"' sh \
    "$PIS/$name/card.img" "$PIS/$name/card" "$@"
  within 20 card_is_out "$name"
}

# card_fill NAME MEGABYTES: takes all the room but for that much. Others may take some between the look and the
# deed; then it looks again.
card_fill() {
  local card free try
  card=$(card_in_use "$1") || die "$1 is off" "scripts/lab boot $1"
  for try in 1 2 3 4 5; do
    rm -f "$card/filler"
    free=$(stat -f -c '%a %S' "$card" | awk '{ printf "%d", $1 * $2 / 1048576 }')
    [ "$free" -gt "$2" ] || return 0
    if fallocate -l "$((free - $2))M" "$card/filler" 2>"$LAB_STATE/fill.err"; then
      return 0
    fi
  done
  die "card of $1 not filled in $try tries: $(<"$LAB_STATE/fill.err")" "scripts/lab exec $1 df"
}

card_free() {
  local card
  card=$(card_in_use "$1") || die "$1 is off" "scripts/lab boot $1"
  rm -f "$card/filler"
}
