# shellcheck shell=bash
# What can be wrong with a Pi's network cable besides being unplugged: it loses packets, or is slow. It is so
# for every boot until it is told otherwise.

CABLE_BURST=32kb # a tenth of a second at 2.5 Mbit/s
CABLE_QUEUE=400ms

# set_cable NAME KIND VALUE: notes the value, or `off`, and makes it so on a Pi that is on.
set_cable() {
  local init
  if [ "$3" = off ]; then rm -f "$PIS/$1/$2"; else say "$3" >"$PIS/$1/$2"; fi
  init=$(pi_init "$1") || return 0
  case $2 in
    loss) lose_packets "$1" "$init" ;;
    rate) slow_down "$1" "$init" ;;
  esac
}

# spoil_cable NAME INIT: as it is noted, on the Pi whose first process is INIT.
spoil_cable() {
  [ ! -e "$PIS/$1/loss" ] || lose_packets "$1" "$2"
  [ ! -e "$PIS/$1/rate" ] || slow_down "$1" "$2"
}

# lose_packets NAME INIT: on its way in a packet is lost at the Pi, on its way out at the bridge. Lost where it
# is sent from it would be an error to the sender, and on a real cable it is none.
lose_packets() {
  local name
  { [ ! -e "$PIS/$1/loss" ] || loss_rule "$1" -i eth0; } | dropped_by nsenter -t "$2" -n iptables -w 10
  for name in $(pi_names); do
    [ ! -e "$PIS/$name/loss" ] || loss_rule "$name" -i "$LAB_BRIDGE" -m mac --mac-source "$(pi_mac "$name")"
  done | dropped_by iptables -w 10
}

# loss_rule NAME MATCH...: for one direction.
loss_rule() {
  local percent
  percent=$(cat "$PIS/$1/loss")
  say "${@:2} -m statistic --mode random --probability $(awk -v p="$percent" 'BEGIN { print p / 100 }')"
}

# dropped_by IPTABLES...: of the packets that come in there, those are lost that standard input tells of,
# a rule a line.
dropped_by() {
  local words chain=$LAB_BRIDGE-loss
  "$@" -t raw -N "$chain" 2>/dev/null || "$@" -t raw -F "$chain"
  "$@" -t raw -C PREROUTING -j "$chain" 2>/dev/null || "$@" -t raw -A PREROUTING -j "$chain"
  while read -ra words; do "$@" -t raw -A "$chain" "${words[@]}" -j DROP; done
}

# What the above leaves on this machine; the Pis' own goes with them.
mend_cables() {
  local chain=$LAB_BRIDGE-loss
  iptables -w 10 -t raw -D PREROUTING -j "$chain" 2>/dev/null || return 0
  iptables -w 10 -t raw -F "$chain"
  iptables -w 10 -t raw -X "$chain"
}

# slow_down NAME INIT: each end of the cable sends as fast as noted and no faster.
slow_down() {
  local at_pi=(nsenter -t "$2" -n tc qdisc) here=(tc qdisc) rate
  if [ -e "$PIS/$1/rate" ]; then
    rate=$(cat "$PIS/$1/rate")kbit
    "${at_pi[@]}" replace dev eth0 root tbf rate "$rate" burst "$CABLE_BURST" latency "$CABLE_QUEUE"
    "${here[@]}" replace dev "$(cable "$1")" root tbf rate "$rate" burst "$CABLE_BURST" latency "$CABLE_QUEUE"
  else
    "${at_pi[@]}" delete dev eth0 root 2>/dev/null || true
    "${here[@]}" delete dev "$(cable "$1")" root 2>/dev/null || true
  fi
}
