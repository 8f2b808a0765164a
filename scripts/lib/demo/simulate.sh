# shellcheck shell=bash
# The demo without virtual Pis: simulated nodes, to be looked at in a browser.

# simulate_fleet NODES MANAGERS: until Ctrl-C.
simulate_fleet() {
  mkdir -p "$LOGS"
  chmod 700 "$STATE"
  install_missing jq procps iproute2
  need_jars
  start_controller
  "$ROOT/scripts/swarmctl" roles auto --managers "$2" --yes >"$LOGS/roles.log"
  cat <<EOT

in a browser:  https://$(hostname):$SWARMCTL_HTTPS_PORT   (it warns of the certificate, which is the fleet's own)
log in with:   the access token that stands in $STATE/data/admin.token
in a shell:    . $STATE/env
               scripts/swarmctl status

EOT
  say "$(count "$1" "simulated node"), ten times as fast as Pis; Ctrl-C ends all of it"
  local code=0
  "$ROOT/scripts/swarmctl" simulate --nodes "$1" --pace 10 || code=$?
  return "$code"
}
