# shellcheck shell=bash

# uninstall PURGE YES
uninstall() {
  [ -z "$1" ] || [ -n "$2" ] || sure
  systemctl disable -q --now swarmctl.service 2>/dev/null || true
  rm -f "$UNIT" "$COMMAND" "${COMPLETIONS[@]#*:}"
  rm -rf "$PLACE" "$PACKAGES"
  systemctl daemon-reload
  if [ -n "$1" ]; then
    rm -rf "$DATA" "$DATA.former" "$DATA.failed" "$CONFIG"
    ! getent passwd swarmctl >/dev/null || userdel swarmctl
    say "removed, with all data"
  else
    say "removed; data stays in $DATA, configuration in $CONFIG"
  fi
}

sure() {
  local answer=''
  [ -t 0 ] || usage_error "--purge asks, and nobody is there; say --yes"
  printf 'This destroys the keys of the fleet: no node can be reached again, and all cards must be flashed anew.\n'
  read -r -p "Type 'purge' to go on: " answer
  [ "$answer" = purge ] || die "nothing was done"
}
