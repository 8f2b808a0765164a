# shellcheck shell=bash
# The wire between the Pis: a bridge with DHCP and DNS, and a way out through this machine.

BRIDGE_MAC=02:00:00:77:00:01

network_up() {
  local taken
  taken=$(ip -o address show to "$LAB_NET.0/24" | awk '{ print $2; exit }')
  [ -z "$taken" ] || die "$LAB_NET.0/24 is in use here already, on $taken" "take another: LAB_NET=10.78.0 scripts/lab up ..."
  mkdir -p "$NETWORK" "$SITE/etc"
  say "nameserver $LAB_NET.1" >"$SITE/etc/resolv.conf"
  # With an address of its own; otherwise the bridge would change it with every Pi that comes or goes.
  ip link add "$LAB_BRIDGE" address "$BRIDGE_MAC" type bridge
  ip address add "$LAB_NET.1/24" dev "$LAB_BRIDGE"
  ip link set "$LAB_BRIDGE" up
  firewall_rules | while read -r rule; do edit_firewall -A "$rule"; done
  start_dnsmasq
  [ ! -d "$REPOSITORY" ] || { trust_repository && start_repository; }
}

network_down() {
  mend_cables
  stop_relay
  stop_repository
  end_noted_process "$NETWORK/dnsmasq.pid" TERM
  firewall_rules | while read -r rule; do
    while edit_firewall -D "$rule" 2>/dev/null; do :; done
  done
  ip link delete "$LAB_BRIDGE" 2>/dev/null || true
  rm -rf "$NETWORK"
}

# One a line: table, chain, rule. Forwarding is allowed by name, for a machine that forbids it otherwise.
firewall_rules() {
  say "nat POSTROUTING -s $LAB_NET.0/24 ! -o $LAB_BRIDGE -j MASQUERADE"
  say "filter FORWARD -i $LAB_BRIDGE -j ACCEPT"
  say "filter FORWARD -o $LAB_BRIDGE -j ACCEPT"
}

# edit_firewall -A|-D RULE
edit_firewall() {
  local words
  read -ra words <<<"$2"
  iptables -w 10 -t "${words[0]}" "$1" "${words[@]:1}"
}

start_dnsmasq() {
  local names
  touch "$NETWORK/hosts"
  mapfile -t names < <(repository_name)
  setsid dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --pid-file \
    --interface="$LAB_BRIDGE" --except-interface=lo --bind-interfaces --no-hosts "${names[@]}" \
    --dhcp-range="$LAB_NET.10,$LAB_NET.250,12h" --dhcp-hostsfile="$NETWORK/hosts" \
    --dhcp-leasefile="$NETWORK/leases" --dhcp-authoritative --dhcp-no-override --log-facility=- \
    </dev/null >"$NETWORK/dnsmasq.log" 2>&1 9>&- &
  note_process "$NETWORK/dnsmasq.pid" $!
  disown
  within 5 dnsmasq_listens || die "dnsmasq did not start" "$(tail -n 1 "$NETWORK/dnsmasq.log")"
}

dnsmasq_listens() { ss -Hlnu "src $LAB_NET.1:53" | grep -q .; }

# network_knows MAC ADDRESS: this board always gets this address.
network_knows() { say "$1,$2" >>"$NETWORK/hosts"; }

# Reads the list of boards again.
network_reload() { kill -HUP "$(noted_process "$NETWORK/dnsmasq.pid")"; }

# cable NAME: this end of it. Each lab of this machine has names of its own.
cable() { say "$LAB_BRIDGE-${1#pi}"; }

# plug_in NAME INIT: a network card for the machine whose first process is INIT, the other end on the bridge; fails when
# there is none afterwards, and may be tried again.
plug_in() {
  local name=$1 init=$2
  unplug "$name"
  ip link add "$(cable "$name")" type veth peer name eth0 address "$(pi_mac "$name")" netns "$init" &&
    ip link set "$(cable "$name")" master "$LAB_BRIDGE" &&
    spoil_cable "$name" "$init" &&
    { [ -e "$PIS/$name/unplugged" ] || ip link set "$(cable "$name")" up; }
}

# The card of a machine that has ended goes by itself, but not at once.
unplug() { ip link delete "$(cable "$1")" 2>/dev/null || true; }
