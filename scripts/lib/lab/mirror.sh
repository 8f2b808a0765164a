# shellcheck shell=bash
# What stands between the Pis and their package servers, when something is to go wrong there: a relay on this
# machine that answers as a bad server does. The Pis' own configuration knows nothing of it.

RELAY_PORT=3142
MODES=$NETWORK/modes # one file a Pi, of its address, with how its servers are to fail

# set_mirror NAME MODE: also what is under way goes wrong then.
set_mirror() {
  local address
  address=$(pi_address "$1")
  start_relay
  through_relay "$address"
  say "$2" >"$MODES/$address.new"
  mv "$MODES/$address.new" "$MODES/$address"
}

start_relay() {
  ! noted_process "$NETWORK/relay.pid" >/dev/null || return 0
  install_missing python3-minimal libpython3-stdlib
  mkdir -p "$MODES"
  setsid "$LAB_LIB/package-server" --listen "$LAB_NET.1:$RELAY_PORT" --modes "$MODES" relay \
    </dev/null >"$NETWORK/relay.log" 2>&1 9>&- &
  note_process "$NETWORK/relay.pid" $!
  disown
  within 10 listens "$RELAY_PORT" || die "the relay did not start" "$(tail -n 1 "$NETWORK/relay.log")"
}

listens() { ss -Hlnt "src $LAB_NET.1:$1" | grep -q .; }

# through_relay ADDRESS: what goes from there to a package server goes to the relay from now on, and what was
# on its way to it directly is cut.
through_relay() {
  local rule
  [ ! -e "$MODES/$1" ] || return 0
  relay_rules "$1" | while read -r rule; do edit_firewall -I "$rule"; done
}

relay_rules() {
  local port
  for port in $(package_ports); do
    say "nat PREROUTING -i $LAB_BRIDGE -s $1 -p tcp --dport $port -j REDIRECT --to-ports $RELAY_PORT"
    say "filter FORWARD -i $LAB_BRIDGE -s $1 -p tcp --dport $port -j REJECT --reject-with tcp-reset"
  done
}

# Plain HTTP, and that of a proxy which the Pis' apt asks.
package_ports() {
  {
    say 80
    carried_apt_options | sed -nE 's,.*"http://[^":/]*:([0-9]+)/?".*,\1,p'
  } | sort -un
}

stop_relay() {
  local address rule
  end_noted_process "$NETWORK/relay.pid" TERM
  [ -d "$MODES" ] || return 0
  for address in "$MODES"/*; do
    relay_rules "${address##*/}" | while read -r rule; do edit_firewall -D "$rule" 2>/dev/null || true; done
  done
}
