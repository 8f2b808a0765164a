# shellcheck shell=bash
# What is on the cards, and the way from a card to a node.

BOOT_PARTITION=@@8M

# card_of PI: what the Pi's drive has taken is in the file, too. The drive's own cache is written down by this machine when
# it comes to it: a Pi can sync a file system that a program serves, but not what is under it.
card_of() {
  local card=${LAB_STATE:-/var/lib/swarmctl-lab}/pis/$1/card.img
  losetup -n -O NAME -j "$card" 2>/dev/null | xargs -r sync
  say "$card"
}
boot_file() { mcopy -n -i "$(card_of "$1")$BOOT_PARTITION" "::$2" -; }

# check_cards: of Pis that are on.
check_cards() {
  local pi
  check "no two Pis have an identity in common, though they are from one image" identities_differ
  for pi in $(pis); do
    check "$pi: the first boot is over, and its log is on the boot partition" first_boot_is_over "$pi"
    check "$pi: SSH answers nobody" port_is_closed "$pi" 22
  done
}

identities_differ() {
  local pi
  for pi in $(pis); do
    on "$pi" sh -c 'cat /etc/machine-id; cut -d " " -f 2 /etc/ssh/ssh_host_ed25519_key.pub; sha256sum </var/lib/swarm-agent/node.key'
  done >"$LOGS/identities"
  equal "$((3 * $(pis | wc -l)))" "$(sort -u "$LOGS/identities" | wc -l)"
}

first_boot_is_over() {
  boot_file "$1" swarmctl-firstrun.log | grep ' done$' || return 1
  nothing "$(boot_file "$1" cmdline.txt | grep -o 'systemd[^ ]*')$(mdir -b -i "$(card_of "$1")$BOOT_PARTITION" :: |
    grep -E 'secrets|payload|firstrun.sh')"
}

port_is_closed() { ! timeout 5 bash -c "</dev/tcp/$(address_of "$1")/$2" 2>/dev/null; }

# cards: what takes a fleet of its own.
cards() {
  title "Cards"
  begin_fleet --pis 1 || return 0
  check "a Pi becomes a node" is_ready 1 300
  check "a card with a wrong address tells so, and a corrected file heals it" wrong_address_heals pi1
  check "both partitions of a card that was shut down are clean" card_is_clean pi1
  end_run
  begin_fleet --pis 1 --with-docker || return 0
  check "with Docker on its card a Pi becomes a node where no package server answers" needs_no_package_server pi1
  end_run
}

needs_no_package_server() {
  "$ROOT/scripts/lab" mirror "$1" hanging || return 1
  is_ready 1 180 || return 1
  nothing "$(on "$1" sh -c 'ls /var/lib/apt/lists/*_Packages* 2>/dev/null')"
  on "$1" docker info --format '{{.Swarm.LocalNodeState}}' | grep -x active
}

# The same board, with a card that is told a wrong address before its first boot.
wrong_address_heals() {
  local gateway
  gateway=$(on "$1" sed -n 's/^controllers=//p' /etc/swarm-agent/agent.conf)
  forget_node "$1"
  "$ROOT/scripts/lab" reflash "$1" --no-boot || return 1
  correct_address "$1" "${gateway%.*}.9:8444" # nobody's
  "$ROOT/scripts/lab" boot "$1" || return 1
  within 180 on "$1" test -s /boot/firmware/swarm-agent-status.txt || { say "no status file" && return 1; }
  "$ROOT/scripts/lab" power-cut "$1" || return 1
  boot_file "$1" swarm-agent-status.txt | tee "$LOGS/status-file"
  grep -q 'does not reach its controller' "$LOGS/status-file" && grep -qF "${gateway%.*}.9" "$LOGS/status-file" || return 1
  correct_address "$1" "$gateway"
  "$ROOT/scripts/lab" boot "$1" && within 120 is_node
}

# correct_address PI ADDRESS
correct_address() {
  printf 'controllers=%s\nmdns=false\n' "$2" >"$LOGS/swarm-agent.conf"
  mcopy -o -i "$(card_of "$1")$BOOT_PARTITION" "$LOGS/swarm-agent.conf" ::
}

# The fleet has one node, and works with it.
is_node() { swarmctl nodes list -o json | jq -e '.nodes | length == 1 and .[0].connected and .[0].state != "pending"'; }

# forget_node PI: so that the board is a new one.
forget_node() {
  "$ROOT/scripts/lab" power-cut "$1" || true
  swarmctl nodes remove --force --yes "$(swarmctl nodes list -o json | jq -r '.nodes[0].name')"
}

card_is_clean() {
  local card
  card=$(card_of "$1")
  on "$1" systemctl poweroff || true
  within 60 lab_says_off "$1" || return 1
  fsck.vfat -n "$(partition_device "$card" 1)" && e2fsck -fn "$(partition_device "$card" 2)"
}

lab_says_off() { "$ROOT/scripts/lab" list -o json | jq -e --arg pi "$1" '.[] | select(.name == $pi) | .state == "off"'; }

# partition_device CARD NUMBER: a copy of it, for its programs know of no offset.
partition_device() {
  local start sectors
  read -r start sectors < <(partx --noheadings --output START,SECTORS --nr "$2" "$1")
  dd if="$1" of="$LOGS/partition$2" bs=512 skip="$start" count="$sectors" conv=sparse status=none
  say "$LOGS/partition$2"
}
