# shellcheck shell=bash
# Cards for those ways that are not ours: a published image, customized as people do it.

# base CASE: the image that all ways begin with. As Raspberry Pi OS Lite it has Python, which Ansible needs, and
# certificates, which Docker needs and our agent would else install; and apt fetches no descriptions in other languages, as
# our agent does not.
base() {
  local options=(--with python3-apt,ca-certificates)
  [ "$1" = install ] || options+=(--docker-on-card)
  "$ROOT/scripts/lab" base "${options[@]}" | tail -n 1
}

# plain_card CASE IMAGE
plain_card() {
  cp --sparse=always --reflink=auto "$(base "$1")" "$2"
  with_root "$2" without_languages
}

without_languages() { say 'Acquire::Languages "none";' >"$1/etc/apt/apt.conf.d/51bench"; }

# with_root IMAGE COMMAND...: with the directory where the image's second partition is mounted.
with_root() (
  image=$1
  shift
  tree=$(mktemp -d "$BENCH_PLACE/root.XXXXXX")
  mount -o "loop,$(partx --noheadings --output START,SECTORS --nr 2 "$image" |
    awk '{ printf "offset=%.0f,sizelimit=%.0f", $1 * 512, $2 * 512 }')" "$image" "$tree"
  trap 'umount "$tree"; rmdir "$tree"' EXIT
  "$@" "$tree"
)

# custom_card CASE IMAGE LINE...: customized as Raspberry Pi Imager does it, by lines of a firstrun.sh that the kernel's
# command line has run once, instead of the system, before the board boots again. Ours do the same, but for that boot.
custom_card() {
  local line image=$2
  plain_card "$1" "$image"
  shift 2
  {
    printf '%s\n' '#!/bin/bash' 'set +e' "$@"
    # shellcheck disable=SC2016 # sed's dollar
    printf '%s\n' 'systemctl disable userconfig' 'rm -f /boot/firmware/firstrun.sh' \
      "sed -i 's| systemd.run.*||g' /boot/firmware/cmdline.txt" 'exit 0'
  } >"$BENCH_PLACE/firstrun.sh"
  mcopy -o -i "$image@@8M" "$BENCH_PLACE/firstrun.sh" ::
  line=$(mtype -i "$image@@8M" ::cmdline.txt)
  say "$line systemd.run=/boot/firmware/firstrun.sh systemd.run_success_action=reboot systemd.unit=kernel-command-line.target" \
    >"$BENCH_PLACE/cmdline.txt"
  mcopy -o -i "$image@@8M" "$BENCH_PLACE/cmdline.txt" ::
}

# ssh_card CASE IMAGE: SSH with a key for the first user, and sudo that asks for no password, as Raspberry Pi OS has it.
ssh_card() {
  local key=$BENCH_PLACE/login
  [ -e "$key" ] || ssh-keygen -q -t ed25519 -N '' -C bench -f "$key"
  custom_card "$1" "$2" \
    "install -o pi -g pi -m 700 -d /home/pi/.ssh" \
    "install -o pi -g pi -m 600 <(echo '$(cat "$key.pub")') /home/pi/.ssh/authorized_keys" \
    "echo 'PasswordAuthentication no' >>/etc/ssh/sshd_config" \
    "systemctl enable ssh" \
    "echo 'pi ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/010_pi-nopasswd" \
    "chmod 440 /etc/sudoers.d/010_pi-nopasswd"
}

# await_ssh FROM TO: until SSH answers on each of these Pis, 120 s at most.
await_ssh() {
  local i waiting=()
  for ((i = $1; i <= $2; i++)); do
    await_banner "$(pi_address "$i")" &
    waiting+=($!)
  done
  wait "${waiting[@]}"
}

await_banner() { within 120 answers_ssh "$1"; }

answers_ssh() {
  local banner=
  { read -r -t 2 banner <"/dev/tcp/$1/22"; } 2>/dev/null
  [ "${banner:0:4}" = SSH- ] || { sleep 0.1 && return 1; }
}
