# shellcheck shell=bash
# The demo without virtual Pis: simulated nodes, to be looked at in a browser.

# simulate_fleet NODES MANAGERS: until Ctrl-C.
simulate_fleet() {
  SIMULATED=yes
  install_missing jq procps iproute2
  need_jars
  start_controller
  "$ROOT/scripts/swarmctl" roles auto --managers "$2" --yes >"$LOGS/roles.log"
  cat <<EOT

in a browser:  https://localhost:$SWARMCTL_HTTPS_PORT, or this machine's address in place of localhost;
               it warns of the certificate, which is the fleet's own
log in with:   cat $STATE/data/admin.token
in a shell:    as root: . $STATE/env
               swarmctl status

Roles come by themselves: $(count "$2" manager), all others workers, half a minute after the last node has arrived.
EOT
  say "they work ten times as fast as Pis; Ctrl-C, or scripts/demo --end from elsewhere, ends all of it"
  # In the background, for this script to hear that it is to end, and alone to hear it: the simulator would say that the
  # nodes are kept. Their cards are where all of the demo is.
  setsid "$ROOT/scripts/swarmctl" simulate --nodes "$1" --pace 10 --state "$STATE/simulated" </dev/null &
  note_process "$STATE/simulate.pid" $!
  wait
  # Only when something is wrong does it end by itself.
  die "the simulation has ended"
}

# Nothing is to be kept, so it need not say how to go on with it.
end_simulation() {
  disown -a # or the shell would tell of it
  end_noted_process "$STATE/simulate.pid" KILL
}
