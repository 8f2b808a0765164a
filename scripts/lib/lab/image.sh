# shellcheck shell=bash
# The base image: the base tree laid out as Raspberry Pi OS Lite is published, for `swarmctl image build`.
#
#   8 MiB    FAT32 `bootfs`, 512 MiB, clusters of 2 KiB
#   520 MiB  ext4 `rootfs`, with little room to spare: it grows at the first boot

BOOT_START=8 # MiB
BOOT_SIZE=512
DISK_ID=5743b0a5

# base_image: builds it when there is none, and sets BASE_IMAGE to its path.
base_image() {
  base_tree
  BASE_IMAGE=$BASE.img
  [ ! -s "$BASE_IMAGE" ] || return 0
  local started
  started=$(now)
  say "building the base image"
  rm -f "$BASE_IMAGE.part"
  lay_out "$BASE_IMAGE.part" "$(root_size)"
  mv "$BASE_IMAGE.part" "$BASE_IMAGE"
  say "built the base image in $(seconds_since "$started") s"
}

# root_size: in MiB, with room for the journal and a little more.
root_size() { du -sm --apparent-size "$BASE" | awk '{ printf "%d", $1 * 1.25 + 128 }'; }

# lay_out IMAGE ROOT-SIZE
lay_out() {
  local image=$1 root_start=$((BOOT_START + BOOT_SIZE)) files=$1.files
  truncate -s "$((root_start + $2))M" "$image"
  partition_table "$root_start" | sfdisk -q "$image" >"$LAB_STATE/image.log"
  mkfs.vfat -F 32 -s 4 -n bootfs --offset "$((BOOT_START * 2048))" "$image" "$((BOOT_SIZE * 1024))" >"$LAB_STATE/image.log" 2>&1
  rm -rf "$files" && mkdir "$files"
  boot_files "$files"
  mcopy -i "$image@@${BOOT_START}M" "$files"/* ::
  rm -rf "$files"
  quietly "$LAB_STATE/image.log" mke2fs -q -t ext4 -O ^64bit,^huge_file -L rootfs -m 0 -d "$BASE" \
    -E "offset=$((root_start * 1048576)),nodiscard" "$image" "${2}M"
}

partition_table() {
  printf 'label: dos\nlabel-id: 0x%s\n%sMiB %sMiB c\n%sMiB - 83\n' "$DISK_ID" "$BOOT_START" "$BOOT_SIZE" "$1"
}

# boot_files DIR: the kernel's name tells which system it is; what runs is this machine's.
boot_files() {
  say "console=serial0,115200 console=tty1 root=PARTUUID=$DISK_ID-02 rootfstype=ext4 fsck.repair=yes rootwait quiet" \
    "init=/usr/lib/raspberrypi-sys-mods/firstboot" >"$1/cmdline.txt"
  say "arm_64bit=1" >"$1/config.txt"
  say "the kernel of a virtual Pi is that of the machine it runs on" \
    >"$1/vmlinuz-$(kernel_of "$(suite)").0-0-$(dpkg --print-architecture)"
}

kernel_of() {
  case $1 in
    bookworm) say 6.1 ;;
    *) say 6.12 ;;
  esac
}

# more_packages LIST: with commas.
more_packages() {
  [[ $1 =~ ^[a-z0-9][a-z0-9.+,-]*$ ]] || usage_error "--with takes packages: scripts/lab base --with python3,vim"
  local more
  IFS=, read -ra more <<<"$1"
  BASE_PACKAGES+=("${more[@]}")
}

cmd_base() {
  while [ $# -gt 0 ]; do
    case $1 in
      --docker-on-card) BASE_PACKAGES+=(docker.io) && shift ;;
      --with) more_packages "${2:-}" && shift 2 ;;
      --with=*) more_packages "${1#*=}" && shift ;;
      *) usage_error "base does not know $1" ;;
    esac
  done
  take_lock
  trap 'end_noted_process "$LAB_STATE/build.pid" KILL' EXIT
  trap 'exit 130' INT TERM HUP
  { install_missing "${HOST_PACKAGES[@]}" && base_image; } >&2
  say "$BASE_IMAGE"
}
