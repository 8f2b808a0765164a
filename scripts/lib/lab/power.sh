# shellcheck shell=bash
# A Pi's power: a supply process per Pi runs the machine, and again when it reboots. It has its own
# mount namespace, so that whatever ends it, no mount stays behind.

POWER_COMMAND=__power-supply
PI_SLICE=${PI_SLICE:-200000} # nanoseconds; the kernel's own is 3 ms or so
NSPAWN_REBOOT=133 # with --keep-unit, nspawn ends so when the guest reboots

# power_on NAME: starts the supply. The Pi then boots by itself.
power_on() {
  local name=$1
  power_off "$name"
  setsid unshare --mount --propagation private -- "$LAB_LIB/../../lab" "$POWER_COMMAND" "$name" \
    </dev/null >>"$PIS/$name/console.log" 2>&1 9>&- &
  note_process "$PIS/$name/supply.pid" $!
  disown
}

# power_supply NAME: the process itself.
power_supply() {
  local name=$1 code=$NSPAWN_REBOOT
  card_insert "$name"
  mkdir -p /run/systemd/nspawn
  mount -t tmpfs tmpfs /run/systemd/nspawn # what nspawn leaves there goes with the supply
  while [ "$code" -eq "$NSPAWN_REBOOT" ]; do
    code=0
    power_once "$name" || code=$?
    sweep_cgroups "$name"
  done
  card_eject "$name"
  say "[$name is off]"
}

# power_once NAME: from power-on to power-off or reboot.
power_once() {
  local name=$1 nspawn
  say "[$name gets power, $(date -u +%FT%TZ)]"
  run_machine "$name" &
  nspawn=$!
  note_process "$PIS/$name/nspawn.pid" "$nspawn"
  within 120 is_plugged_in_or_over "$name" "$nspawn" || say "[$name has no network]"
  wait "$nspawn"
}

# is_plugged_in_or_over NAME PID: a published image's first boot reboots at once, before anybody has seen it. While other
# machines end, the kernel may take long to begin a network, and a cable is still in the hands of the one before.
is_plugged_in_or_over() {
  if in_own_network "$1"; then plug_in "$1" "$INIT"; else ! kill -0 "$2" 2>/dev/null; fi
}

# Its first process exists, and has left this machine's network.
in_own_network() { read_pi_init "$1" && ! [ "/proc/$INIT/ns/net" -ef /proc/self/ns/net ]; }

# No --register, --keep-unit: this machine may itself run without systemd. The filter and the
# capabilities are Docker's needs; the clock is everybody's, so no guest may set it.
run_machine() {
  local name=$1 dir=$PIS/$1 words=() start
  read -ra words <"$dir/boot/cmdline.txt" || true
  mapfile -t start < <(what_starts "${words[@]}")
  enter_cgroup "$name"
  short_slices
  exec systemd-nspawn --quiet --directory="$dir/root" --machine="$name" \
    --private-network --capability=all --drop-capability=CAP_SYS_TIME \
    --system-call-filter='add_key keyctl bpf' --register=no --keep-unit --console=pipe \
    --resolv-conf=off --timezone=off --link-journal=no --bind="$dir/boot:/boot/firmware" \
    --bind-ro="$dir/hardware:/opt/hardware" --bind-ro="$(modules_of "$name"):/usr/lib/modules" "${start[@]}"
}

# All Pis share this machine's kernel, and its one lock on networks. Who finds that taken while it writes to
# /proc/sys/net/ipv6 begins again at once (restart_syscall), for the whole of its time slice; who is given the lock
# meanwhile waits for a processor. With ten engines on two processors that goes on for a minute. So a Pi's processes are
# given short slices (sched_setattr(2), inherited; Linux 6.12 or newer, else it does nothing).
short_slices() {
  perl -e '
    my %number = (x86_64 => 314, aarch64 => 274);
    my ($call, $pid, $none) = ($number{$ARGV[1]} || exit, $ARGV[0] + 0, 0);
    my $slice = pack("LLQlLQQQ", 48, 0, 0, 0, 0, $ARGV[2], 0, 0);
    syscall($call, $pid, $slice, $none);
  ' "$BASHPID" "$(uname -m)" "$PI_SLICE"
}

# what_starts WORD...: of the kernel's command line, which systemd reads as its arguments here. A line for each
# argument of nspawn.
what_starts() {
  local word
  for word; do [[ $word != init=* ]] || { say "${word#init=}" && return; }; done
  printf '%s\n' --boot "$@"
}

# The kernel is this machine's, and so are its modules; built without any it still has the
# directory that every Pi has.
modules_of() {
  if [ -d "/lib/modules/$(uname -r)" ]; then
    say /lib/modules
  else
    mkdir -p "$PIS/$1/modules/$(uname -r)"
    say "$PIS/$1/modules"
  fi
}

# power_off NAME: at once and whole, as when the plug is pulled; harmless when it is off already.
# First the cable and the card, so that nobody hears of what happens in between. Then the supply, which would
# take a dying machine for a rebooting one.
power_off() {
  local dir=$PIS/$1
  ip link set "$(cable "$1")" down 2>/dev/null || true
  card_stop "$1"
  end_noted_process "$dir/supply.pid" KILL
  if read_pi_init "$1"; then
    kill -KILL "$INIT" 2>/dev/null || true
    within 10 process_is_gone "$dir/nspawn.pid" || true
  fi
  end_noted_process "$dir/nspawn.pid" KILL
  unplug "$1"
  sweep_cgroups "$1"
  within 20 card_is_out "$1" || die "the card of $1 does not come out" "losetup -j $dir/card.img"
}

# enter_cgroup NAME: each Pi has a place of its own in every hierarchy. Left where they are, the guests'
# systemds would all believe the same groups to be theirs.
enter_cgroup() {
  local roots root group=$LAB_BRIDGE/$1
  mapfile -t roots < <(cgroup_roots)
  mkdir -p "${roots[@]/%//$group}"
  for root in "${roots[@]}"; do
    delegate_controllers "$root" "$root/$LAB_BRIDGE"
    weigh "$root/$LAB_BRIDGE"
    inherit_cpuset "$root" "$root/$LAB_BRIDGE" "$root/$group"
    echo "$BASHPID" >"$root/$group/cgroup.procs"
  done
}

cgroup_roots() { awk '$3 ~ /^cgroup2?$/ && $2 ~ "^/sys/fs/cgroup" { print $2 }' /proc/self/mounts; }

# weigh GROUP: a Pi counts as much as a program of this machine. Otherwise all of them together would.
weigh() {
  local pis=("$PIS"/*)
  [ ! -e "$1/cpu.shares" ] || echo $((1024 * ${#pis[@]})) >"$1/cpu.shares"
  [ ! -e "$1/cpu.weight" ] || echo $((100 * (${#pis[@]} < 100 ? ${#pis[@]} : 100))) >"$1/cpu.weight"
}

# In the new hierarchy a group has the controllers that those above it pass on.
delegate_controllers() {
  local group controller controllers
  [ -e "$1/cgroup.controllers" ] || return 0
  read -ra controllers <"$1/cgroup.controllers" || true
  for controller in "${controllers[@]}"; do
    for group; do echo "+$controller" >"$group/cgroup.subtree_control" || true; done
  done
}

# A new group of the old cpuset hierarchy has no processors until it is given some.
inherit_cpuset() {
  local root=$1 group file allowed
  shift
  [ -e "$root/cpuset.mems" ] && [ -e "$root/cgroup.clone_children" ] || return 0
  for file in cpuset.cpus cpuset.mems; do
    read -r allowed <"$root/$file"
    for group; do echo "$allowed" >"$group/$file"; done
  done
}

# sweep_cgroups NAME: ends what may be left in them, and removes them.
sweep_cgroups() {
  local roots root groups=()
  mapfile -t roots < <(cgroup_roots)
  for root in "${roots[@]}"; do
    [ ! -d "$root/$LAB_BRIDGE/$1" ] || groups+=("$root/$LAB_BRIDGE/$1")
  done
  [ ${#groups[@]} -gt 0 ] || return 0
  within 10 cgroups_are_swept "${groups[@]}" || say "[control groups of $1 stay: $(ls -d "${groups[@]}" 2>/dev/null | xargs)]"
  rmdir "${roots[@]/%//$LAB_BRIDGE}" 2>/dev/null || true
}

cgroups_are_swept() {
  local group
  find "$@" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u | xargs -r kill -KILL 2>/dev/null || true
  find "$@" -depth -type d -exec rmdir {} + 2>/dev/null || true
  for group; do [ ! -d "$group" ] || return 1; done
}
