# shellcheck shell=bash
# The machine: qemu with a card. It has no firmware that reads the card, so this does what that does: kernel, initial
# RAM disk and command line are taken from the boot partition anew at each boot.

MACHINE=(-M virt -cpu cortex-a72 -accel 'tcg,thread=multi' -smp 2 -m 1024)
BOARD=$STATE/board.dtb
SERIAL=100000002017e64b
MODEL='QEMU ARM Virtual Machine'
CLOCK_SAYS=2017-11-16
MOST_BOOTS=5

# describe_board: qemu's own description of the machine, with what the firmware of a real board adds.
describe_board() {
  quietly "$LOGS/board.log" qemu-system-aarch64 "${MACHINE[@]}" -machine "dumpdtb=$BOARD" -display none -nodefaults
  fdtput -t s "$BOARD" / serial-number "$SERIAL"
  fdtput -t s "$BOARD" / model "$MODEL"
}

# power_on NUMBER: sets BOOT to the directory of that boot, with its console.
power_on() {
  BOOT=$STATE/boots/$1
  mkdir -p "$BOOT"
  take_from_card vmlinuz "$BOOT/kernel"
  take_from_card initrd.img "$BOOT/initrd"
  on_card mtype ::/cmdline.txt >"$BOOT/cmdline"
  [ -p "$STATE/monitor" ] || mkfifo "$STATE/monitor"
  BOOTED_AT=$(now)
  : >"$BOOT/console"
  # Both ways, so that it need not wait for anybody.
  setsid nice -n 5 qemu-system-aarch64 "${MACHINE[@]}" -dtb "$BOARD" -rtc "base=$CLOCK_SAYS" \
    -kernel "$BOOT/kernel" -initrd "$BOOT/initrd" -append "$(cat "$BOOT/cmdline")" -no-reboot \
    -nodefaults -display none -serial "file:$BOOT/console" -monitor stdio -device virtio-rng-pci \
    -drive "if=none,id=card,format=raw,file=$CARD" -device virtio-blk-pci,drive=card \
    -netdev "user,id=cable,hostfwd=tcp:127.0.0.1:$(cat "$STATE/ssh-port")-:22" -device virtio-net-pci,netdev=cable,romfile= \
    <>"$STATE/monitor" >"$BOOT/qemu.log" 2>&1 &
  note_process "$STATE/machine.pid" $!
  disown
}

# take_from_card PREFIX FILE: the newest of that kind, as the firmware takes it.
take_from_card() {
  local name
  name=$(on_card mdir -b ::/ | sed -n "s,^::/\($1-.*\)$,\1,p" | sort -V | tail -n 1)
  [ -n "$name" ] || die "the card has no $1" "the base image is damaged: remove $BASE"
  on_card mcopy -n "::/$name" "$2"
}

is_off() { process_is_gone "$STATE/machine.pid"; }

# How it went off: that is the kernel's last word.
has_rebooted() { tail -n 5 "$BOOT/console" | grep -q 'reboot: Restarting system'; }

# power_off: as somebody does who presses the button; after five minutes the plug is pulled.
power_off() {
  if ! is_off; then
    say system_powerdown >"$STATE/monitor"
    within 300 is_off || true
  fi
  pull_plug
}

pull_plug() { end_noted_process "$STATE/machine.pid" KILL; }
