# shellcheck shell=bash
# A card of ours in an emulated 64-bit board: one run of scripts/boot-arm64 that is kept and looked at.

# shellcheck source=scripts/lib/arm64/card.sh
. "$ROOT/scripts/lib/arm64/card.sh"
# shellcheck source=scripts/lib/arm64/machine.sh
. "$ROOT/scripts/lib/arm64/machine.sh"
# shellcheck source=scripts/lib/arm64/story.sh
. "$ROOT/scripts/lib/arm64/story.sh"

arm64() {
  title "A card in an emulated 64-bit board"
  begin_arm64 || return 0
  check "it has enrolled in the card's first boot" equal reports "$(how_boots_ended)"
  check "it is known by its board's serial number" equal "$SERIAL $MODEL" "$(jq -r '"\(.id) \(.model)"' "$STATE/node.json")"
  check "its clock was years off, and has been set by the controller's" clock_was_set
  check "the command line has nothing of the first boot left" command_line_is_clean
  check "the log of the first boot is on the card" first_boot_is_logged
  check "the key and the password's hash were on the boot partition, and are not, also not in what was removed" \
    equal '2 before, 0 after' "$(cat "$STATE/secrets-before") before, $(boot_partition | secrets_in) after"
  check "no console and no log of the controller has a secret" no_secret_in_logs
  check "nobody answers on port 22" ssh_is_closed
  check "it shuts down in an orderly way" shuts_down
  check "only the first user has a password" passwords_are_locked
  check "the enrolment key is gone from the node" enrolment_key_is_gone
  check "both file systems are clean" file_systems_are_clean
  check "booted again, with its clock in 2017 again, it comes back to its controller" comes_back
  end_arm64
}

begin_arm64() {
  ! noted_process "$STATE/controller.pid" >/dev/null ||
    die "scripts/boot-arm64 is running already" "end it: scripts/boot-arm64 --end"
  BEGUN_ARM64=yes
  if "$ROOT/scripts/boot-arm64" --keep; then
    BOOT=$STATE/boots/$(wc -l <"$STATE/times")
    passed "a blank card boots, and its node enrols"
  else
    failed "a blank card boots, and its node enrols" ''
    end_arm64
    return 1
  fi
}

end_arm64() {
  [ -n "${BEGUN_ARM64:-}" ] || return 0
  mkdir -p "$LOGS/arm64"
  [ ! -d "$STATE/boots" ] || (cd "$STATE" && cp -r --parents boots/*/console boots/*/cmdline logs times "$LOGS/arm64/")
  "$ROOT/scripts/boot-arm64" --end
  BEGUN_ARM64=
}

how_boots_ended() { cut -d' ' -f3 "$STATE/times" | paste -sd' '; }

clock_was_set() {
  equal "2017 $(date -u +%Y)" \
    "$(sed -nE "s/.*the clock said ([0-9]{4})-.*, and is set to ([0-9]{4})-.* by the controller's.*/\1 \2/p" "$BOOT/console")"
}

command_line_is_clean() { nothing "$(on_card mtype ::/cmdline.txt | grep -oE 'systemd\.(run|unit)[^ ]*')"; }
first_boot_is_logged() { on_card mtype ::/swarmctl-firstrun.log | grep ' done$'; }
no_secret_in_logs() { equal 0 "$(cat "$STATE"/boots/*/console "$STATE/logs/controller.log" | secrets_in)"; }

# Refused means that the connection ends at once; with nobody there to refuse it, this would time out.
ssh_is_closed() {
  local said code=0
  # shellcheck disable=SC2016 # the other shell's
  said=$(timeout 20 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && head -c 20 <&3' "$(cat "$STATE/ssh-port")" 2>&1) || code=$?
  equal "'' 0" "'$said' $code"
}

shuts_down() { power_off && grep 'reboot: Power down' "$BOOT/console"; }

# Accounts whose password is not locked: the policy's first user alone.
passwords_are_locked() { equal ada "$(root_of_card 'cat /etc/shadow' | awk -F: '$2 !~ /^[!*]/ { print $1 }' | paste -sd' ')"; }
enrolment_key_is_gone() { root_of_card 'ls /etc/swarm-agent' | grep ca.crt && ! root_of_card 'ls /etc/swarm-agent' | grep enrolment; }

file_systems_are_clean() {
  boot_partition >"$STATE/boot.img" && fsck.vfat -n "$STATE/boot.img" && e2fsck -fn "$CARD?offset=$((ROOT_AT << 20))"
}

comes_back() {
  power_on "$(($(wc -l <"$STATE/times") + 1))"
  within 900 is_back || { console "$BOOT" | tail -n 20 && return 1; }
}

is_back() {
  sleep 5
  console "$BOOT" | grep 'the clock said 2017' && node_list |
    jq -e --slurpfile before "$STATE/node.json" '.nodes[] | select(.connected and .seenAt > $before[0].seenAt)'
}

node_list() (. "$STATE/env" && "$ROOT/scripts/swarmctl" nodes list -o json)
