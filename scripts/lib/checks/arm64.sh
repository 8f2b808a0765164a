# shellcheck shell=bash
# A card of ours in an emulated 64-bit board: one run of scripts/boot-arm64 that is kept and looked at.

arm64() {
  title "A card in an emulated 64-bit board"
  begin_arm64 || return 0
  check "two boots: the first one's, and the one in which it has enrolled" equal 'rebooted reports' "$(how_boots_ended)"
  check "it is known by its board's serial number" equal "$SERIAL $MODEL" "$(jq -r '"\(.id) \(.model)"' "$STATE/node.json")"
  check "its clock was years off, and has been set by the controller's" clock_was_set
  check "the command line has nothing of the first boot left" first_boot_is_over
  check "the log of the first boot is on the card" first_boot_is_logged
  check "the key and the password's hash were on the boot partition, and are not, also not in what was removed" \
    equal '2 before, 0 after' "$(cat "$STATE/secrets-before") before, $(secrets_on_card) after"
  check "no console has shown a secret" no_secret_on_console
  check "nobody answers on port 22" ssh_is_closed
  check "it shuts down in an orderly way" shuts_down
  check "no account has a password that came with the system" default_password_is_locked
  check "the enrolment key is gone from the node" absent_on_card /etc/swarm-agent/enrolment.key
  check "both file systems are clean" file_systems_are_clean
  end_arm64
}

# In a shell of their own, so that nothing of it is mistaken for a test's.
begin_arm64() {
  BEGUN_ARM64=yes
  if "$ROOT/scripts/boot-arm64" --keep; then
    passed "a blank card boots, and its node enrols"
  else
    failed "a blank card boots, and its node enrols" ''
    end_arm64
    return 1
  fi
}

how_boots_ended() { cut -d' ' -f3 "$STATE/times" | paste -sd' '; }

clock_was_set() {
  local before after
  read -r before after < <(sed -nE 's/.*the clock said ([0-9]{4})-.*, and is set to ([0-9]{4})-.* by the controller.s.*/\1 \2/p' "$BOOT/console")
  equal "2017 $(date -u +%Y)" "$before $after"
}

first_boot_is_over() { nothing "$(on_card mtype ::/cmdline.txt | grep -oE 'systemd\.(run|unit)[^ ]*')"; }
first_boot_is_logged() { on_card mtype ::/swarmctl-firstrun.log | grep -q ' done$'; }
no_secret_on_console() { nothing "$(cat "$STATE"/boots/*/console "$LOGS/controller.log" | secrets_in | sed 's/.*/a secret/')"; }

# Refused, so that nothing is said; somebody who does not answer at all would have this wait.
ssh_is_closed() {
  local said
  said=$(timeout 20 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && head -c 20 <&3' "$SSH_PORT")
  equal "0, and ''" "$?, and '$said'"
}

shuts_down() { power_off && grep -q 'reboot: Power down' "$BOOT/console"; }
