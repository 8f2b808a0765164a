# shellcheck shell=bash
# The lab itself: each fault is one, and can be taken back.

LAB_GATEWAY=${LAB_NET:-10.77.0}.1

faultkit() {
  title "The fault kit"
  check "two Pis boot" "$ROOT/scripts/lab" up 2 --card-size 2G --docker-repository
  BEGUN_LAB=yes
  check "a power cut loses what was not written down, and nothing else" cut_loses_unwritten
  check "a full card is full, and has room again" card_fills_up
  check "packets get lost, and then no more" packets_get_lost
  check "the network is slowed down, and then no more" network_gets_slow
  check "dpkg is locked" dpkg_is_locked
  check "a service's process is killed" service_is_killed
  local mode
  for mode in 404 hash truncated portal hanging slow; do
    check "package servers: $mode" mirror_fails "$mode"
  done
  check "the repository that stands in for Docker's can be fetched from, by a name and a certificate" repository_answers
  check "a fault outlives a boot" fault_outlives_boot
  "$ROOT/scripts/lab" down
  BEGUN_LAB=
  check "nothing is left behind" lab_left_nothing
}

lab() { "$ROOT/scripts/lab" "$@"; }

cut_loses_unwritten() {
  on pi1 sh -c 'echo kept >/root/kept && sync /root/kept && sync /root && echo lost >/root/lost' || return 1
  lab power-cut pi1 && lab boot pi1 || return 1
  equal "kept" "$(on pi1 sh -c 'cat /root/kept; cat /root/lost 2>/dev/null')"
}

card_fills_up() {
  lab fill pi1 || return 1
  ! on pi1 sh -c 'head -c 20M /dev/urandom >/root/big && sync /root/big' || return 1
  on pi1 rm -f /root/big
  lab free pi1 && on pi1 sh -c 'head -c 20M /dev/urandom >/root/big && sync /root/big && rm /root/big'
}

packets_get_lost() {
  lab loss pi1 40 || return 1
  ! all_packets_arrive pi1 "$LAB_GATEWAY" || { say "none was lost" && return 1; }
  ! all_packets_arrive pi2 "$(address_of pi1)" || { say "none was lost among Pis" && return 1; }
  lab loss pi1 off
  all_packets_arrive pi1 "$(address_of pi2)"
}

# all_packets_arrive PI ADDRESS: and all answers, too.
all_packets_arrive() { on "$1" ping -q -c 20 -i 0.05 -W 1 "$2" | grep ' 0% packet loss'; }

address_of() { lab list -o json | jq -r --arg pi "$1" '.[] | select(.name == $pi).address'; }

network_gets_slow() {
  lab rate pi1 400 || return 1
  local slow quick
  slow=$(ping_time pi1)
  lab rate pi1 off || return 1
  quick=$(ping_time pi1)
  awk -v slow="$slow" -v quick="$quick" 'BEGIN { exit !(slow > 5 * quick) }' || { say "$slow ms, $quick ms" && return 1; }
}

# ping_time PI: of packets that fill the wire for a while, in milliseconds.
ping_time() {
  on "$1" ping -q -c 10 -i 0.02 -s 8000 "$LAB_GATEWAY" | awk -F/ '/^rtt/ { print $5 }'
}

dpkg_is_locked() {
  lab lock-dpkg pi1 20 || return 1
  within 5 dpkg_finds_lock pi1
}

dpkg_finds_lock() { grep 'locked by another process' <<<"$(on "$1" dpkg --configure -a 2>&1)"; }

service_is_killed() {
  local before
  before=$(on pi1 systemctl show -p MainPID --value systemd-networkd)
  lab kill pi1 systemd-networkd || return 1
  within 10 main_pid_changed "$before"
}

main_pid_changed() {
  local after
  after=$(on pi1 systemctl show -p MainPID --value systemd-networkd)
  [ "$after" != 0 ] && [ "$after" != "$1" ]
}

# What apt says of it; afterwards all is well again.
mirror_fails() {
  local said
  lab mirror pi1 "$1" || return 1
  said=$(fresh_update pi1 8)
  case $1 in
    404) grep -q '404 *Not Found' <<<"$said" ;;
    hash) grep -qE 'Hash Sum mismatch|unexpected size' <<<"$said" ;;
    truncated) grep -qiE 'Connection failed|Error reading|unexpected|closed' <<<"$said" ;;
    portal) grep -qE 'Clearsigned file' <<<"$said" ;;
    hanging | slow) grep -q 'ended after' <<<"$said" ;;
  esac || { say "$said" && return 1; }
  lab mirror pi1 off && fresh_update pi1 60 | grep '^Fetched'
}

# fresh_update PI SECONDS: of a Pi that knows of no package yet.
fresh_update() {
  on "$1" sh -c 'rm -rf /var/lib/apt/lists/*
    timeout "$1" apt-get -q -oAcquire::Retries=0 -oAcquire::Languages=none update 2>&1 || echo "ended after $1 s"' sh "$2"
}

repository_answers() {
  on pi1 perl -MIO::Socket::INET -e 'IO::Socket::INET->new("download.docker.com:443") or die "no answer\n"' || return 1
  on pi1 /usr/lib/apt/apt-helper download-file https://download.docker.com/linux/debian/gpg /root/gpg || return 1
  on pi1 grep 'BEGIN PGP PUBLIC KEY' /root/gpg
}

fault_outlives_boot() {
  lab loss pi1 50 && lab power-cut pi1 && lab boot pi1 || return 1
  ! all_packets_arrive pi1 "$LAB_GATEWAY"
}

lab_left_nothing() {
  local state=${LAB_STATE:-/var/lib/swarmctl-lab}
  nothing "$(losetup -l -n -O BACK-FILE | grep -F "$state")$(grep -F "$state" /proc/self/mounts)$(ip -br link | grep "${LAB_BRIDGE:-swarmlab0}")$(
    iptables-save 2>/dev/null | grep -F "${LAB_BRIDGE:-swarmlab0}")"
}
