# shellcheck shell=bash
# The base image: Debian for arm64 in the layout of Raspberry Pi OS, as it is published. Built in emulation, without
# mounts: files into the FAT by mtools, into the ext4 by mke2fs. Needs what lib/lab/base.sh and card.sh have.

ARM64_PACKAGES=(systemd-sysv libpam-systemd dbus udev kmod procps iproute2 ca-certificates sudo openssh-server
  systemd-resolved initramfs-tools zstd e2fsprogs dosfstools linux-image-arm64)
ARM64_LIB=$ROOT/scripts/lib/arm64

ROOT_SIZE=5120 # MiB; Docker wants 3 GB of it

# arm64_base: builds the image when there is none for this recipe, and sets BASE to its path.
arm64_base() {
  read_sources
  BASE=$LAB_CACHE/arm64-$(arm64_recipe | sha256sum | cut -c1-12).img
  [ ! -e "$BASE" ] || return 0
  local started
  started=$(now)
  say "building the base image (once; 10 minutes or more, for it is done in emulation; log: $LAB_STATE/base.log)"
  mkdir -p "$LAB_CACHE"
  find "$LAB_CACHE" -mindepth 1 -maxdepth 1 -name 'arm64-*' \( -name '*.part*' -o -ctime +7 \) -exec rm -rf --one-file-system {} +
  arm64_tree "$BASE.part.d"
  arm64_image "$BASE.part.d" "$BASE.part"
  rm -rf --one-file-system "$BASE.part.d"
  mv "$BASE.part" "$BASE"
  say "built the base image in $(seconds_since "$started") s"
}

# Everything that the image depends on; a change makes a new one.
arm64_recipe() {
  say "$(suite) ${ARM64_PACKAGES[*]} $BOOT_AT $BOOT_SIZE"
  cat "$ARM64_LIB/base.sh"
  (cd "$ARM64_LIB/base" && find . -type f | sort | xargs tail -n +1)
  say "$SOURCES"
  carried_apt_options
}

# arm64_tree TREE: what is on the card, with the boot partition's files still in boot/.
arm64_tree() {
  local tree=$1 mirror include
  mirror=$(awk -v suite="$(suite)" '$2 == suite { print $1; exit }' <<<"$SOURCES")
  [ -n "$mirror" ] || die "no Debian archive for $(suite) in this machine's apt configuration" \
    "apt-get indextargets shows what apt knows"
  include=$(IFS=, && printf '%s' "${ARM64_PACKAGES[*]}")
  carried_apt_options >"$LAB_STATE/apt.conf"
  # Its own files first: they say what the initial RAM disk is to hold.
  # shellcheck disable=SC2016 # mmdebstrap's shell
  quietly "$LAB_STATE/base.log" emulated mmdebstrap --architectures=arm64 --variant=minbase \
    --include="$include" --aptopt="$LAB_STATE/apt.conf" \
    --setup-hook='cp -r --no-preserve=mode,ownership "'"$ARM64_LIB"'/base/." "$1/"' \
    "$(suite)" "$tree" "deb [signed-by=$KEYRING] $mirror $(suite) main"
  furnish_arm64 "$tree"
}

# emulated COMMAND...: with programs of that architecture running here.
emulated() { boxed "$ARM64_LIB/emulated" "$@"; }

# furnish_arm64 TREE: from a bare Debian to a card that has not booted.
furnish_arm64() {
  local tree=$1
  write_apt_sources "$tree"
  write_identity "$tree"
  # Else systemd would set a clock from before its own build to that time, and the clock would be off by months only.
  touch -d 2017-01-01 "$tree/usr/lib/clock-epoch"
  emulated bash -c "$(declare -f add_first_user settle_arm64_units)"'; add_first_user "$1"; settle_arm64_units "$1"' bash "$tree"
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/*
}

settle_arm64_units() {
  local tree=$1
  systemctl --root "$tree" -q enable systemd-networkd.service
  systemctl --root "$tree" -q disable ssh.service e2scrub_reap.service e2scrub_all.timer apt-daily.timer apt-daily-upgrade.timer
  systemctl --root "$tree" -q mask systemd-firstboot.service
}

# arm64_image TREE IMAGE
arm64_image() {
  local tree=$1 image=$2 id files
  id=$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')
  arm64_fstab "$id" >"$tree/etc/fstab"
  mkdir -p "$image.boot.d" "$tree/boot/firmware"
  mv "$tree"/boot/vmlinuz-* "$tree"/boot/initrd.img-* "$image.boot.d/"
  arm64_cmdline "$id" >"$image.boot.d/cmdline.txt"
  rm -f "$image.fat" "$image.ext4"
  truncate -s "${BOOT_SIZE}M" "$image.fat"
  truncate -s "${ROOT_SIZE}M" "$image.ext4"
  mapfile -t files < <(find "$image.boot.d" -type f)
  quietly "$LAB_STATE/base.log" mkfs.fat -F 32 -s 4 -n bootfs "$image.fat"
  quietly "$LAB_STATE/base.log" mcopy -m -i "$image.fat" "${files[@]}" ::/
  quietly "$LAB_STATE/base.log" mke2fs -t ext4 -q -F -L rootfs -O ^64bit,^huge_file -d "$tree" "$image.ext4"
  rm -f "$image"
  truncate -s "$((ROOT_AT + ROOT_SIZE))M" "$image"
  arm64_partitions "$id" | quietly_piped sfdisk "$image"
  dd "if=$image.fat" "of=$image" bs=1M "seek=$BOOT_AT" conv=sparse,notrunc status=none
  dd "if=$image.ext4" "of=$image" bs=1M "seek=$ROOT_AT" conv=sparse,notrunc status=none
  rm -rf "$image.boot.d" "$image.fat" "$image.ext4"
}

# quietly_piped COMMAND...: with what comes on standard input.
quietly_piped() {
  "$@" >"$LAB_STATE/base.log" 2>&1 || { tail -n 20 "$LAB_STATE/base.log" >&2 && die "failed: $*"; }
}

arm64_partitions() {
  cat <<END
label: dos
label-id: 0x$1
start=${BOOT_AT}MiB, size=${BOOT_SIZE}MiB, type=c
start=${ROOT_AT}MiB, type=83
END
}

arm64_fstab() {
  cat <<END
proc            /proc           proc    defaults          0       0
PARTUUID=$1-01  /boot/firmware  vfat    defaults          0       2
PARTUUID=$1-02  /               ext4    defaults,noatime  0       1
END
}

# The console is the machine's serial line, and gets the journal too: there is no other way to see it. The interface keeps
# its name, as in Raspberry Pi OS: on a machine this slow networkd begins with it before it is given another one, and then
# gives up.
arm64_cmdline() {
  printf '%s\n' "console=ttyAMA0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info root=PARTUUID=$1-02 rootfstype=ext4 fsck.repair=yes rootwait net.ifnames=0"
}
