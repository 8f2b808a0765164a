# shellcheck shell=bash
# A Pi's SD card: a sparse file with a partition table, as `swarmctl image flash` wrote it. So it can be full, and it
# can lose what was not yet written down when the power went.
#
# card.img  the card
# boot      its first partition, FAT: where the Pi's supply has it mounted, in its own mount namespace
# root      its second, ext4: there, too
#
# This machine's kernel may know no FAT, so a program serves it. What that has taken is on the card at once: a power
# cut loses unwritten data of ext4 only.

CARD_SIZE=${CARD_SIZE:-16G}
# What a Pi has flushed is in the card's file, which no virtual power cut takes from this machine's memory. Without this
# option each flush waits until this machine's own disk has it, with all that the other cards have just got.
OWN_CARD=barrier=0
# Ends a file system at once: nothing that it has not written by now is ever written. EXT4_IOC_SHUTDOWN, which
# takes a pointer to the number 2: without even the journal.
SHUTDOWN_EXT4='open(my $d, "<", $ARGV[0]) or die "$ARGV[0]: $!\n";
  my $how = pack("L", 2);
  ioctl($d, 0x8004587d, $how) or die "$ARGV[0]: $!\n"'

# cards_flash NAME...: the lab's image onto a blank card each, all at once.
cards_flash() {
  local name readers=() result=0
  for name; do
    card_is_out "$name" || die "the card of $name is in use" "scripts/lab power-cut $name"
    rm -f "$PIS/$name/card.img"
    truncate -s "$(cat "$LAB_STATE/card-size")" "$PIS/$name/card.img"
    readers+=("$(losetup --find --show "$PIS/$name/card.img")")
  done
  "$LAB_LIB/../../swarmctl" image flash --yes --force "$IMAGE" "${readers[@]}" \
    </dev/null >"$LAB_STATE/flash.log" 2>&1 9>&- || result=$?
  losetup --detach "${readers[@]}"
  [ "$result" -eq 0 ] || die "the cards were not flashed" "$(tail -n 20 "$LAB_STATE/flash.log")"
  for name; do
    within 20 card_is_out "$name" || die "the card of $name does not come out" "losetup -j $PIS/$name/card.img"
    with_card "$name" join_site "$PIS/$name/root"
  done
}

# join_site ROOT: what a Pi has from where it stands, and not from its image.
join_site() {
  local own=usr/local/share/ca-certificates
  [ ! -d "$SITE" ] || cp -r --remove-destination "$SITE/." "$1/"
  [ ! -e "$SITE/$own/lab.crt" ] || cat "$SITE/$own/lab.crt" >>"$1/etc/ssl/certs/ca-certificates.crt"
}

# partition NAME NUMBER: its offset and size on the card, as losetup and mount have them.
partition() {
  partx --noheadings --output START,SECTORS --nr "$2" "$PIS/$1/card.img" |
    awk '{ printf "offset=%.0f,sizelimit=%.0f\n", $1 * 512, $2 * 512 }'
}

# card_insert NAME: mounts both partitions, in the mount namespace of the caller.
card_insert() {
  boot_insert "$1"
  ! is_blank "$1" || root_grow "$1"
  mount -o "loop,$(partition "$1" 2),noatime,noinit_itable,$OWN_CARD" "$PIS/$1/card.img" "$PIS/$1/root"
}

boot_insert() {
  local dir=$PIS/$1 offset size reader
  IFS='=,' read -r _ offset _ size < <(partition "$1" 1)
  reader=$(losetup --find --show --offset "$offset" --sizelimit "$size" "$dir/card.img")
  setsid fusefat -f -o rw+,allow_other,umask=0022 "$reader" "$dir/boot" </dev/null >/dev/null 2>&1 &
  note_process "$dir/boot.pid" $!
  within 5 mountpoint -q "$dir/boot" || die "the boot partition of $1 cannot be mounted" "fsck.vfat -n on $dir/card.img"
  losetup --detach "$reader" # as soon as nobody reads it any more
}

# is_blank NAME: published images have the first boot in their command line until it is over.
is_blank() { grep -qE '(^| )(init=.*/firstboot|resize)( |$)' "$PIS/$1/boot/cmdline.txt"; }

# What the first boot of a real one does before anything else: the root partition takes all of the card. Not in place,
# which not every machine lets even root do; and without a flush, for the same reason as above.
root_grow() {
  local card=$PIS/$1/card.img offset size reader
  say ', +' | eatmydata sfdisk -q -N 2 "$card" >/dev/null
  IFS='=,' read -r _ offset _ size < <(partition "$1" 2)
  reader=$(losetup --find --show --offset "$offset" --sizelimit "$size" "$card")
  eatmydata e2fsck -fp "$reader" >/dev/null || [ $? -eq 1 ]
  eatmydata resize2fs "$reader" >/dev/null 2>&1
  losetup --detach "$reader"
}

# card_eject NAME: of a Pi that has shut down, or out of whatever had it when it was ended.
card_eject() {
  umount "$PIS/$1/boot" 2>/dev/null || true
  end_noted_process "$PIS/$1/boot.pid" TERM
  umount "$PIS/$1/root" 2>/dev/null || true
  losetup -n -O NAME -j "$PIS/$1/card.img" 2>/dev/null | xargs -r losetup --detach || true
}

# card_stop NAME: from this moment on nothing reaches the card any more, and what has not is lost.
card_stop() {
  local card
  end_noted_process "$PIS/$1/boot.pid" KILL
  card=$(card_in_use "$1") || return 0
  perl -e "$SHUTDOWN_EXT4" "$card" || true # it may have gone by itself meanwhile
}

# card_in_use NAME: the path by which this machine reaches the card of a Pi that is on.
card_in_use() {
  local supply card
  supply=$(noted_process "$PIS/$1/supply.pid") || return 1
  card=/proc/$supply/root$PIS/$1/root
  # A file system of its own, and not yet the bare directory.
  [ "$(stat -c %d "$card")" != "$(stat -c %d "$PIS/$1")" ] && printf '%s\n' "$card"
}

# The kernel lets go of a card some time after the last process that saw it has ended; mounted before that,
# it would be in two drives at once.
card_is_out() { [ ! -e "$PIS/$1/card.img" ] || [ -z "$(losetup -j "$PIS/$1/card.img")" ]; }

# with_card NAME COMMAND...: a card that is in no Pi, its root partition looked at as the next boot will find it. In a
# mount namespace of its own.
with_card() {
  local name=$1 result=0
  shift
  (
    mount -o "loop,$(partition "$name" 2),noatime" "$PIS/$name/card.img" "$PIS/$name/root"
    trap 'umount "$PIS/$name/root"' EXIT
    "$@"
  ) || result=$?
  within 20 card_is_out "$name" || die "the card of $name does not come out" "losetup -j $PIS/$name/card.img"
  return "$result"
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
