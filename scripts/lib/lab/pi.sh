# shellcheck shell=bash
# The boards: who they are, what lies in their directories, and what they are doing.
#
# pis/NAME/hardware   what a board reads about itself, bound read-only
#          card.img   its SD card; boot and root, where its partitions are mounted
#          console.log, supply.pid, nspawn.pid, boot.pid
#          unplugged, loss, rate   what is wrong with its network cable

MODELS=("Raspberry Pi 3 Model B Rev 1.2" "Raspberry Pi 3 Model B Plus Rev 1.3")

pi_names() { [ ! -d "$PIS" ] || find "$PIS" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V; }

known_pi() {
  [ -n "${1:-}" ] || usage_error "which Pi?"
  [ -d "$PIS/$1" ] || die "there is no $1" "scripts/lab list shows what there is"
}

# Everything about a board follows from its number, so that it is the same board in every run.
pi_number() { printf '%s\n' "${1#pi}"; }
pi_serial() { printf '00000000%s\n' "$(printf 'virtual %s' "$1" | sha256sum | cut -c1-8)"; }
pi_model() { printf '%s\n' "${MODELS[$((($(pi_number "$1") - 1) % ${#MODELS[@]}))]}"; }
pi_address() { printf '%s.%d\n' "$LAB_NET" $((10 + $(pi_number "$1"))); }

# As on a real one: Raspberry Pi's prefix and the end of the serial.
pi_mac() { pi_serial "$1" | sed -E 's/.*(..)(..)(..)$/b8:27:eb:\1:\2:\3/'; }

pi_create() {
  local name=$1 tree
  tree=$PIS/$name/hardware/device-tree
  mkdir -p "$tree" "$PIS/$name"/{modules,boot,root}
  printf '%s\0' "$(pi_serial "$name")" >"$tree/serial-number"
  printf '%s\0' "$(pi_model "$name")" >"$tree/model"
  network_knows "$(pi_mac "$name")" "$(pi_address "$name")"
}

# read_pi_init NAME: sets INIT to the pid, on this machine, of its first process; fails when it is off. That is the
# child of nspawn which is number 1 in a pid namespace of its own; while it starts there is another child.
read_pi_init() {
  local children
  INIT=
  read_noted_process "$PIS/$1/nspawn.pid" || return 1
  read -ra children 2>/dev/null <"/proc/$NOTED/task/$NOTED/children" || true
  for INIT in "${children[@]}"; do
    ! is_first_of_its_own "$INIT" || return 0
  done
  return 1
}

is_first_of_its_own() {
  local key pids
  while read -r key pids; do
    [ "$key" != NSpid: ] || { [[ $pids =~ ^[0-9]+[[:blank:]]1$ ]] && return; }
  done 2>/dev/null <"/proc/$1/status"
  return 1
}

# pi_init NAME: prints it.
pi_init() { read_pi_init "$1" && printf '%s\n' "$INIT"; }

pi_is_on() { read_noted_process "$PIS/$1/supply.pid"; }
pi_is_off() { ! pi_is_on "$1"; }

# pi_run NAME COMMAND...: on the Pi, with the surroundings of a root login.
pi_run() {
  local init
  init=$(pi_init "$1") || die "$1 is off" "scripts/lab boot $1"
  shift
  nsenter -t "$init" -m -u -i -n -p -C -- env -i \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root USER=root LANG=C.UTF-8 TERM="${TERM:-dumb}" "$@"
}

# pi_network_address NAME: what it has on its network card now.
pi_network_address() {
  local init
  init=$(pi_init "$1") || return 1
  nsenter -t "$init" -n ip -4 -o address show dev eth0 2>/dev/null |
    awk '{ sub("/.*", "", $4); print $4; exit }'
}

# Up is when systemd answers and the network card has its address; that a unit has failed is no matter here.
pi_is_up() {
  read_pi_init "$1" || return 1
  [ -e "$PIS/$1/unplugged" ] || [ -n "$(pi_network_address "$1")" ] || return 1
  pi_run "$1" systemctl -q is-active basic.target 2>/dev/null
}

pi_uptime() {
  local init
  init=$(pi_init "$1") || return 1
  awk -v ticks="$(start_time "$init")" -v hertz="$(getconf CLK_TCK)" '{ printf "%d", $1 - ticks / hertz }' /proc/uptime
}

# When it got its power, in seconds since this machine booted.
pi_powered_on_at() {
  local ticks
  read -r _ ticks <"$PIS/$1/supply.pid" && awk -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.2f", ticks / hertz }'
}
