# shellcheck shell=bash
# The service, and the change from one release to another.

START_SECONDS=${SWARMCTL_START_SECONDS:-120} # on a Pi 3 it takes half of that

need_user() {
  getent passwd swarmctl >/dev/null ||
    useradd --system --user-group --home-dir "$DATA" --no-create-home --shell /usr/sbin/nologin swarmctl
}

need_configuration() {
  install -d -m 755 "$CONFIG"
  [ ! -e "$CONFIG/controller.yaml" ] || return 0
  cat >"$CONFIG/controller.yaml" <<'TEXT'
# The controller's settings, each with its default; then: systemctl restart swarmctl
# https-port: 8443       # people and programs
# gateway-port: 8444     # agents
# listen: 0.0.0.0
# mdns: true             # announce the controller on the local network
# addresses: []          # where agents reach it, if not at this machine's own addresses
# names: []              # further names by which people reach it, for its certificate
TEXT
}

# put_in_place: RELEASE instead of the one that is current, which comes back if it does not start.
put_in_place() {
  FORMER=$(readlink -f "$PLACE/current" || true)
  [ -d "$FORMER" ] || FORMER=''
  trap 'take_back $?' EXIT
  trap 'exit 130' INT TERM HUP
  say "${FORMER:+stopping the former version; }starting the controller"
  [ -z "$FORMER" ] || systemctl stop swarmctl.service
  keep_copy
  switch_to "$RELEASE"
  systemctl enable -q swarmctl.service
  systemctl reset-failed -q swarmctl.service 2>/dev/null || true
  systemctl start swarmctl.service || true
  becomes_healthy || die "this version does not start" "$(last_words)"
  trap - EXIT INT TERM HUP
  ln -sfn "$PLACE/current/bin/swarmctl" "$COMMAND"
  rm -rf "$DATA.former"
  FORMER=''
  make_class_archive
  put_completion
  keep_only "$RELEASE"
}

# A new version may change its store in a way that the former one does not read.
keep_copy() {
  rm -rf "$DATA.former" "$DATA.part"
  [ -n "$FORMER" ] && [ -d "$DATA" ] || return 0
  cp -a "$DATA" "$DATA.part"
  mv -T "$DATA.part" "$DATA.former"
}

# take_back STATUS: as it was before.
take_back() {
  trap '' INT TERM HUP
  trap - EXIT
  systemctl stop swarmctl.service || true
  if [ -z "$FORMER" ]; then
    systemctl disable -q swarmctl.service || true
    rm -f "$UNIT" "$PLACE/current"
    systemctl daemon-reload
    exit "$1"
  fi
  say "going back to the former version" >&2
  switch_to "$FORMER"
  systemctl reset-failed -q swarmctl.service 2>/dev/null || true
  systemctl start swarmctl.service || true
  if becomes_healthy; then rm -rf "$DATA.former"; else with_former_data; fi
  [ "$RELEASE" = "$FORMER" ] || rm -rf "$RELEASE"
  exit "$1"
}

with_former_data() {
  [ -d "$DATA.former" ] || { say "the former version does not start either: journalctl -u swarmctl" >&2 && return; }
  systemctl stop swarmctl.service || true
  rm -rf "$DATA.failed"
  mv -T "$DATA" "$DATA.failed"
  cp -a "$DATA.former" "$DATA"
  systemctl start swarmctl.service || true
  if becomes_healthy; then
    say "the former version runs, with its data as it was before; what the other made of it: $DATA.failed" >&2
  else
    say "the former version does not start either: journalctl -u swarmctl; its data: $DATA.former" >&2
  fi
}

becomes_healthy() {
  local deadline=$((SECONDS + START_SECONDS))
  until is_healthy; do
    [ "$SECONDS" -lt "$deadline" ] && ! has_given_up || return 1
    sleep 1
  done
}

# Answers a question as the command line asks it; 3 is an answer: not all is ready.
is_healthy() {
  local status=0
  [ "$(systemctl is-active swarmctl.service)" = active ] && [ -e "$DATA/https.port" ] || return 1
  SWARMCTL_CONTEXT='' XDG_CONFIG_HOME=/nonexistent timeout 30 "$PLACE/current/bin/swarmctl" status \
    >/dev/null 2>&1 </dev/null 9>&- || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
}

# It failed for good, or again and again.
has_given_up() {
  [ "$(systemctl is-failed swarmctl.service)" = failed ] ||
    [ "$(systemctl show -p NRestarts --value swarmctl.service)" -ge 2 ]
}

last_words() {
  journalctl -u swarmctl.service -o cat -n 40 --no-pager 2>/dev/null |
    grep -vE '^(\s+at |swarmctl\.service:|(Start|Stop))' | tail -n 5 || true
  say "all of it: journalctl -u swarmctl"
}

farewell() {
  local fingerprint
  fingerprint=$(journalctl -u swarmctl.service -o cat --no-pager 2>/dev/null | sed -n 's/^ *CA fingerprint *//p' | tail -n 1)
  say "the controller runs: systemctl status swarmctl"
  say "  people and programs  port $(cat "$DATA/https.port")/tcp"
  say "  agents               port $(gateway_port)/tcp, and mDNS, port 5353/udp; let these through a firewall"
  say "  configuration        $CONFIG/controller.yaml"
  say "  data                 $DATA"
  [ -z "$fingerprint" ] || say "  CA fingerprint       $fingerprint"
  say "  next                 sudo swarmctl status"
}

gateway_port() {
  local port
  port=$(sed -nE 's/^gateway-port: *([0-9]+).*/\1/p' "$CONFIG/controller.yaml" | tail -n 1)
  say "${port:-8444}"
}
