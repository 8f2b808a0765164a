# shellcheck shell=bash
# One function per command that makes a Pi's life harder.

ROOM_ON_FULL_CARD=4 # MB

cmd_loss() {
  known_pi "${1:-}"
  [[ ${2:-} =~ ^([0-9]{1,2}|off)$ ]] || usage_error "loss takes a percentage below 100, or off: scripts/lab loss $1 5"
  take_lock
  set_cable "$1" loss "$2"
}

cmd_rate() {
  known_pi "${1:-}"
  [[ ${2:-} =~ ^([1-9][0-9]{0,6}|off)$ ]] || usage_error "rate takes kbit/s, or off: scripts/lab rate $1 2000"
  take_lock
  set_cable "$1" rate "$2"
}

cmd_fill() {
  known_pi "${1:-}"
  take_lock
  card_fill "$1" "$ROOM_ON_FULL_CARD"
}

cmd_free() {
  known_pi "${1:-}"
  take_lock
  card_free "$1"
}

# Without a farewell: the agent and services by their unit's main process, whatever else by its name.
cmd_kill() {
  local pi=${1:-} what=${2:-}
  known_pi "$pi"
  [[ $what =~ ^[A-Za-z0-9._-]+$ ]] || usage_error "kill takes a name: scripts/lab kill $pi agent"
  [ "$what" != agent ] || what=swarm-agent
  if pi_run "$pi" systemctl -q is-active "$what.service"; then
    pi_run "$pi" systemctl kill --signal=KILL --kill-who=main "$what.service"
  else
    pi_run "$pi" pkill -KILL -x "$what" || die "there is no $what on $pi" "scripts/lab exec $pi ps ax"
  fi
}

# As another program does that works with packages meanwhile: it waits for its turn, then holds the lock for
# that long. Perl is on every Debian.
cmd_lock_dpkg() {
  known_pi "${1:-}"
  [[ ${2:-} =~ ^[1-9][0-9]{0,3}$ ]] || usage_error "lock-dpkg takes seconds: scripts/lab lock-dpkg $1 60"
  # shellcheck disable=SC2016 # Perl's variables
  pi_run "$1" systemd-run --quiet --collect perl -MFcntl -e '
    my @files;
    for my $name ("lock-frontend", "lock") {
      open(my $file, "+>", "/var/lib/dpkg/$name") or die "$name: $!\n";
      my $whole = pack("s s x4 q q l x4", F_WRLCK, 0, 0, 0, 0);
      fcntl($file, F_SETLKW, $whole) or die "$name: $!\n";
      push @files, $file;
    }
    sleep shift;' "$2"
}

cmd_mirror() {
  known_pi "${1:-}"
  case ${2:-} in
    404 | hash | truncated | hanging | portal | slow | off) ;;
    *) usage_error "mirror takes 404, hash, truncated, hanging, portal, slow or off: scripts/lab mirror $1 hash" ;;
  esac
  take_lock
  set_mirror "$1" "$2"
}
