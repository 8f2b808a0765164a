# shellcheck shell=bash
# The controller as a service on a Debian of its own, which shares this machine's network and nothing else.

HOUSE=${TEST_HOUSE:-/var/tmp/swarmctl-install}
HOUSE_PORTS='https-port: 18443\ngateway-port: 18444\nlisten: 127.0.0.1\nmdns: false\n'

install_check() {
  title "The controller as a service"
  install_missing systemd-container zip mmdebstrap
  need_jars
  trap 'tear_house_down' RETURN
  build_house || { failed "a Debian boots" '' && return; }
  check "a damaged jar is refused before anything is done" torn_jar_is_refused
  check "it is installed, and answers root without a login" is_installed
  check "again, it changes nothing" again_changes_nothing
  check "systemd finds it well shut in: 2.0 or lower" is_shut_in
  check "an upgrade keeps all data" upgrade_keeps_data
  check "a version that does not start is taken back" broken_version_is_taken_back
  check "an upgrade that is ended in its middle leaves the former version at work" ended_upgrade_is_taken_back
  check "uninstalled, it leaves the data, which a new installation finds" data_survives_uninstall
  check "purged, it leaves nothing" purge_leaves_nothing
}

# From the lab's base, for it has a Debian at hand.
build_house() {
  local base
  base=$(LAB_LIB=$ROOT/scripts/lib/lab && . "$LAB_LIB/common.sh" && . "$LAB_LIB/base.sh" && mkdir -p "$LAB_STATE" && base_tree >&2 && printf '%s' "$BASE")
  rm -rf --one-file-system "$HOUSE"
  mkdir -p "$HOUSE"
  cp -a "$base" "$HOUSE/root"
  local root=$HOUSE/root
  systemctl --root "$root" -q mask systemd-networkd.service systemd-networkd.socket systemd-timesyncd.service \
    apt-daily.timer apt-daily-upgrade.timer
  systemctl --root "$root" -q disable lab-cgroups.service userconfig.service
  # A first boot enables what it finds.
  rm -f "$root"/etc/systemd/system/{lab-cgroups,userconfig}.service
  rm -f "$root/etc/resolv.conf"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  mkdir -p "$root/etc/swarmctl" "$root/src/target"
  # shellcheck disable=SC2059 # line ends
  printf "$HOUSE_PORTS" >"$root/etc/swarmctl/controller.yaml"
  (cd "$ROOT" && cp -r --parents scripts systemd pom.xml "$root/src/")
  make_jars "$root/src"
  boot_house
}

# make_jars DIR: one that works, a later one, one that does not start, and one that was cut off.
make_jars() {
  cp "$CONTROLLER_JAR" "$1/good.jar"
  cp "$CONTROLLER_JAR" "$1/newer.jar"
  cp "$CONTROLLER_JAR" "$1/broken.jar"
  say newer >"$HOUSE/newer"
  zip -q -j "$1/newer.jar" "$HOUSE/newer"
  zip -q -d "$1/broken.jar" 'io/swarmctl/controller/server/*'
  head -c 9000000 "$CONTROLLER_JAR" >"$1/torn.jar"
}

boot_house() {
  systemd-nspawn -q -b -D "$HOUSE/root" --machine=swarmctl-install --capability=all --drop-capability=CAP_SYS_TIME \
    --register=no --keep-unit --console=pipe --resolv-conf=off </dev/null >"$LOGS/house.log" 2>&1 &
  note_process "$HOUSE/nspawn.pid" $!
  within 60 house_is_up
}

house_is_up() { in_house systemctl is-system-running 2>/dev/null | grep -qxE 'running|degraded'; }

in_house() {
  local nspawn init
  nspawn=$(noted_process "$HOUSE/nspawn.pid") || return 1
  init=$(pgrep -P "$nspawn" | head -n 1)
  [ -n "$init" ] || return 1
  nsenter -t "$init" -m -u -i -n -p -C -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LANG=C.UTF-8 "$@" </dev/null
}

tear_house_down() {
  end_noted_process "$HOUSE/nspawn.pid" TERM
  rm -rf --one-file-system "$HOUSE"
}

installs() { in_house /src/scripts/install --jar "/src/$1"; }
is_active() { equal active "$(in_house systemctl is-active swarmctl.service)"; }
current() { in_house readlink /usr/local/lib/swarmctl/current; }
keys() { in_house swarmctl enrolment list -o json; }

torn_jar_is_refused() {
  ! installs torn.jar || return 1
  ! in_house test -e /usr/local/lib/swarmctl/current
}

is_installed() { installs good.jar && is_active && in_house swarmctl status && in_house swarmctl enrolment create --uses 3; }

again_changes_nothing() {
  local pid
  pid=$(in_house systemctl show -p MainPID --value swarmctl.service)
  installs good.jar && equal "$pid" "$(in_house systemctl show -p MainPID --value swarmctl.service)"
}

is_shut_in() {
  in_house systemd-analyze security --no-pager swarmctl.service | tail -n 1 |
    awk '{ print } { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9.]+$/) { found = 1; exit !($i <= 2.0) } } END { if (!found) exit 1 }'
}

upgrade_keeps_data() {
  local before key
  before=$(current) key=$(key_id)
  installs newer.jar && is_active || return 1
  [ "$(current)" != "$before" ] && equal "$key" "$(key_id)"
}

key_id() { keys | grep -oE '"id" *: *"[^"]+"'; }

broken_version_is_taken_back() {
  local before key
  before=$(current) key=$(key_id)
  ! installs broken.jar || return 1
  is_active && equal "$before" "$(current)" && equal "$key" "$(key_id)"
}

ended_upgrade_is_taken_back() {
  local before
  before=$(current)
  # shellcheck disable=SC2016 # in there
  in_house bash -c '/src/scripts/install --jar /src/good.jar & installer=$!
    for i in $(seq 600); do [ "$(readlink /usr/local/lib/swarmctl/current)" = "$1" ] || break; sleep 0.05; done
    kill -TERM $installer; ! wait $installer' sh "$before" || return 1
  is_active && equal "$before" "$(current)" && in_house swarmctl status
}

data_survives_uninstall() {
  local key
  key=$(key_id)
  in_house /src/scripts/install --uninstall && ! in_house test -e /usr/local/bin/swarmctl || return 1
  installs good.jar && equal "$key" "$(key_id)"
}

purge_leaves_nothing() {
  ! in_house /src/scripts/install --uninstall --purge || { say "did not ask" && return 1; }
  in_house /src/scripts/install --uninstall --purge --yes || return 1
  nothing "$(in_house sh -c 'ls -d /var/lib/swarmctl* /var/cache/swarmctl /etc/swarmctl /usr/local/lib/swarmctl /usr/local/bin/swarmctl \
    /etc/systemd/system/swarmctl.service 2>/dev/null; getent passwd swarmctl')"
}
