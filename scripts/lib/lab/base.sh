# shellcheck shell=bash
# The base tree: what a Pi's SD card holds before our files are added, imitating Raspberry Pi OS Lite.

BASE_PACKAGES=(systemd-sysv libpam-systemd dbus udev kmod procps iproute2 iptables iputils-ping
  ca-certificates sudo openssh-server systemd-timesyncd)
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# base_tree: builds the base when there is none for this recipe, and sets BASE to its path.
base_tree() {
  read_sources
  BASE=$LAB_CACHE/base-$(base_recipe | sha256sum | cut -c1-12)
  [ ! -d "$BASE" ] || return 0
  local started
  started=$(now)
  say "building the base system (once; about half a minute)"
  mkdir -p "$LAB_CACHE"
  drop_old_trees
  bootstrap "$BASE.part"
  furnish "$BASE.part"
  mv "$BASE.part" "$BASE"
  say "built the base system in $(seconds_since "$started") s"
}

# Unfinished ones, and those of recipes that are a week old.
drop_old_trees() {
  find "$LAB_CACHE" -mindepth 1 -maxdepth 1 -name 'base-*' \( -name '*.part' -o -ctime +7 \) \
    -exec rm -rf --one-file-system {} +
}

# Everything that the tree depends on; a change makes a new tree.
base_recipe() {
  say "$(suite) ${BASE_PACKAGES[*]}"
  cat "$LAB_LIB"/{base,image}.sh
  (cd "$LAB_LIB/base" && find . -type f | sort | xargs tail -n +1)
  say "$SOURCES"
  carried_apt_options
}

# read_sources: sets SOURCES to Debian's own archives as this machine is configured for them, whichever
# way its sources are written: URI, release and component a line. Other archives are none of the guests' business.
read_sources() {
  SOURCES=$(debian_sources)
  [ -z "$SOURCES" ] || return 0
  quietly "$LAB_STATE/apt.log" apt-get update
  SOURCES=$(debian_sources)
}

debian_sources() {
  # shellcheck disable=SC2016 # the fields are apt's, not the shell's
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | sort -u
}

# Where this machine needs a proxy or a lenient eye for its mirror, the guests need the same.
carried_apt_options() {
  apt-config dump | grep -E '^Acquire::(https?::Proxy(::[^ ]*)?|Check-Valid-Until|Check-Date) ' || true
}

suite() { (. /etc/os-release && printf '%s\n' "$VERSION_CODENAME"); }

# Only from the release itself and not from its updates: like an image that was made some time ago.
bootstrap() {
  local mirror include
  mirror=$(awk -v suite="$(suite)" '$2 == suite { print $1; exit }' <<<"$SOURCES")
  [ -n "$mirror" ] || die "no Debian archive for $(suite) in this machine's apt configuration" \
    "apt-get indextargets shows what apt knows"
  include=$(IFS=, && printf '%s' "${BASE_PACKAGES[*]}")
  carried_apt_options >"$LAB_STATE/apt.conf"
  quietly "$LAB_STATE/base.log" boxed mmdebstrap --variant=minbase --include="$include" \
    --aptopt="$LAB_STATE/apt.conf" "$(suite)" "$1" "deb [signed-by=$KEYRING] $mirror $(suite) main"
}

# boxed COMMAND...: in namespaces of its own, so that neither process nor mount outlives its end.
boxed() (
  note_process "$LAB_STATE/build.pid" "$BASHPID"
  exec unshare --mount --pid --fork --kill-child --mount-proc -- "$@"
)

# furnish TREE: from a bare Debian to a blank Pi.
furnish() {
  local tree=$1
  cp -r --no-preserve=mode,ownership "$LAB_LIB/base/." "$tree/"
  chmod 755 "$tree"/usr/lib/{userconf-pi/userconf,raspberrypi-sys-mods/firstboot,lab/name-board}
  write_apt_sources "$tree"
  write_identity "$tree"
  mkdir -p "$tree/boot/firmware"
  add_first_user "$tree"
  settle_units "$tree"
}

write_apt_sources() {
  local uri release component
  rm -f "$1/etc/apt/sources.list"
  while read -r uri release component; do
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nSigned-By: %s\n\n' \
      "$uri" "$release" "$component" "$KEYRING"
  done <<<"$SOURCES" >"$1/etc/apt/sources.list.d/debian.sources"
  rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"
  carried_apt_options >"$1/etc/apt/apt.conf.d/50lab"
}

# The same on every card, as in the published images.
write_identity() {
  local tree=$1
  printf 'raspberrypi\n' >"$tree/etc/hostname"
  printf '127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost ip6-loopback\n\n127.0.1.1\traspberrypi\n' \
    >"$tree/etc/hosts"
  printf 'uninitialized\n' >"$tree/etc/machine-id"
  rm -f "$tree"/etc/ssh/ssh_host_*_key* "$tree/var/lib/dbus/machine-id"
}

add_first_user() {
  local tree=$1 groups
  groups=$(cut -d: -f1 "$tree/etc/group" |
    grep -xE 'adm|dialout|cdrom|sudo|audio|video|plugdev|games|users|input|render|netdev' | paste -sd,)
  chroot "$tree" useradd --uid 1000 --create-home --shell /bin/bash --groups "$groups" pi
  printf 'pi:raspberry\n' | chroot "$tree" chpasswd
}

settle_units() {
  local tree=$1
  systemctl --root "$tree" -q disable ssh.service ssh.socket e2scrub_reap.service e2scrub_all.timer
  systemctl --root "$tree" -q enable systemd-networkd.service regenerate_ssh_host_keys.service \
    userconfig.service lab-cgroups.service
  # It asks its questions on a console, which a virtual Pi does not have.
  systemctl --root "$tree" -q mask systemd-firstboot.service
}
