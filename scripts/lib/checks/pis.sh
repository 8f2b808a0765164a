# shellcheck shell=bash
# What has to be so on each Pi afterwards.

check_pis() {
  local pi
  for pi in $(pis); do check_pi "$pi"; done
  check "of the controller's ports only those for people and for agents are open to a network" only_two_ports_are_open
}

check_pi() {
  local pi=$1 name
  name=$(name_of "$pi")
  check "$pi: the image's password is refused" old_password_is_refused "$pi"
  check "$pi: the policy's password is accepted" password_is_accepted "$pi"
  check "$pi: is called $name in /etc/hostname, in /etc/hosts and live" hostname_is "$pi" "$name"
  check "$pi: the user is in group docker" user_is_in_group_docker "$pi"
  check "$pi: Docker is enabled and active" unit_is_on "$pi" docker
  check "$pi: the agent is enabled and active" unit_is_on "$pi" swarm-agent
  check "$pi: the agent has its classes from the archive on the card" archive_is_used "$pi"
  check "$pi: SSH is off, as the policy wants it" ssh_is_off "$pi"
  check "$pi: no unit has failed" no_unit_has_failed "$pi"
  check "$pi: the enrolment key is gone from the card" key_is_gone "$pi"
}

# name_of PI: what the controller calls it.
name_of() {
  local serial
  serial=$("$ROOT/scripts/lab" list -o json | jq -r --arg pi "$1" '.[] | select(.name == $pi).serial')
  swarmctl nodes list -o json | jq -r --arg id "$serial" '.nodes[] | select(.id == $id).name'
}

# password_is PI: asks what every login asks. The password comes on standard input, ended by a zero byte.
password_is() { on "$1" /usr/sbin/unix_chkpwd pi nonull; }

old_password_is_refused() { ! printf 'raspberry\0' | password_is "$1"; }
password_is_accepted() { { tr -d '\n' <"$DEMO/password" && printf '\0'; } | password_is "$1"; }

hostname_is() {
  equal "$2 $2 $2" "$(on "$1" cat /etc/hostname) $(on "$1" awk '$1 == "127.0.1.1" { print $2 }' /etc/hosts) $(on "$1" hostname)"
}

user_is_in_group_docker() { on "$1" id -nG pi | tr ' ' '\n' | grep -qx docker; }

unit_is_on() {
  equal "enabled active" "$(on "$1" systemctl is-enabled "$2") $(on "$1" systemctl is-active "$2")"
}

# Java keeps it mapped if it fits, and else goes on without a word.
archive_is_used() {
  on "$1" sh -c 'grep -q "$0" "/proc/$(systemctl show -p MainPID --value swarm-agent)/maps"' "$CARD_ARCHIVE"
}

ssh_is_off() { nothing "$(on "$1" sh -c 'systemctl is-enabled ssh.service; systemctl is-active ssh.service' | grep -xE 'enabled|active')"; }

no_unit_has_failed() { nothing "$(on "$1" systemctl list-units --failed --no-legend --plain)"; }

key_is_gone() { ! on "$1" test -e /etc/swarm-agent/enrolment.key; }

only_two_ports_are_open() {
  local pid
  pid=$(noted_process "$DEMO/controller.pid")
  # shellcheck disable=SC1091
  equal "$(. "$DEMO/env" && printf '%s\n' "$SWARMCTL_HTTPS_PORT" "$SWARMCTL_GATEWAY_PORT" | sort | xargs)" \
    "$(ss -Hltnp | grep "pid=$pid," | awk '{ print $4 }' | grep -vE '^(127\.|\[::1\]|\[::ffff:127\.)' | sed 's/.*://' | sort | xargs)"
}
