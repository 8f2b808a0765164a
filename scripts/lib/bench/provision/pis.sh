# shellcheck shell=bash
# The Pis of the bench as they are seen from outside, with as little work as possible, for it is these two cores that are
# measured.

LAB=${LAB_STATE:-/var/lib/swarmctl-lab}
FIRST_ADDRESS=11 # as the lab numbers them: pi1 is LAB_NET.11

pi_address() { say "${LAB_NET:-10.77.0}.$((FIRST_ADDRESS - 1 + $1))"; }

# addresses COUNT: a line each.
addresses() {
  local i
  for ((i = 1; i <= $1; i++)); do pi_address "$i"; done
}

names() {
  local i
  for ((i = $1; i <= $2; i++)); do say "pi$i"; done
}

# swarm_has COUNT: a manager says that so many nodes are ready, of which one is a manager, and knows of no others.
swarm_has() {
  [ -S "${MANAGER_SOCKET:=}" ] || find_manager || return 1
  curl -s --max-time 3 --unix-socket "$MANAGER_SOCKET" http://engine/nodes 2>/dev/null | jq -e --argjson count "$1" '
    type == "array" and length == $count and all(.[]; .Status.State == "ready" and .Spec.Availability == "active")
    and ([.[] | select(.ManagerStatus.Leader)] | length) == 1
    and ([.[] | select(.Spec.Role == "manager")] | length) == 1
    and ([.[].Description.Hostname] | unique | length) == $count' >/dev/null 2>&1
}

# find_manager: sets MANAGER_SOCKET to the engine's, of the Pi whose card has a manager's state; fails when there is none.
# It starts no program, so that looking costs next to nothing.
find_manager() {
  local pi supply
  for pi in "$LAB"/pis/*; do
    read -r supply _ 2>/dev/null <"$pi/supply.pid" || continue
    [ -d "/proc/$supply/root$pi/root/var/lib/docker/swarm/raft" ] && read_first_process "$pi" || continue
    MANAGER_SOCKET=/proc/$FIRST_PROCESS/root/run/docker.sock
    [ ! -S "$MANAGER_SOCKET" ] || return 0
  done
  return 1
}

# read_first_process DIRECTORY: sets FIRST_PROCESS, the pid of the Pi's.
read_first_process() {
  local nspawn children status
  read -r nspawn _ 2>/dev/null <"$1/nspawn.pid" || return 1
  read -ra children 2>/dev/null <"/proc/$nspawn/task/$nspawn/children" || true
  for FIRST_PROCESS in "${children[@]}"; do
    mapfile -t status 2>/dev/null <"/proc/$FIRST_PROCESS/status" || continue
    [[ ${status[*]} =~ NSpid:[[:blank:]][0-9]+[[:blank:]]1[[:blank:]] ]] && return
  done
  return 1
}

# powered_on_at: when the first of those that are on got its power.
powered_on_at() { "$ROOT/scripts/lab" list -o json | jq '[.[].poweredOnAt | select(.)] | min'; }

# begin_counting: a group of our own in that of the lab, which otherwise goes, with what it has counted, when no Pi is on.
begin_counting() { mkdir -p "$(lab_group)/bench"; }
end_counting() { rmdir "$(lab_group)/bench" "$(lab_group)" 2>/dev/null || true; }

lab_group() {
  local root
  root=$(awk '$3 == "cgroup" && $4 ~ /(^|,)cpuacct(,|$)/ { print $2; exit }' /proc/self/mounts)
  say "${root:-/sys/fs/cgroup}/${LAB_BRIDGE:-swarmlab0}"
}

# pis_used: processor seconds of all Pis together.
pis_used() {
  local group
  group=$(lab_group)
  if [ -e "$group/cpuacct.usage" ]; then
    awk '{ printf "%.2f\n", $1 / 1e9 }' "$group/cpuacct.usage"
  else
    awk '/^usage_usec/ { printf "%.2f\n", $2 / 1e6 }' "$group/cpu.stat"
  fi
}

# process_used PID: processor seconds, with those of its children that have ended.
process_used() { awk -v hertz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.2f\n", ($12 + $13 + $14 + $15) / hertz }' "/proc/$1/stat"; }

# is_at_rest: looks for three seconds whether somebody else works here.
is_at_rest() {
  local before
  before=$(busy)
  sleep 3
  awk -v b="$before" -v a="$(busy)" 'BEGIN { exit !(a - b < 0.5) }'
}

# busy: processor seconds that all of the machine has used.
busy() { awk -v hertz="$(getconf CLK_TCK)" '/^cpu / { printf "%.2f\n", ($2 + $3 + $4 + $7 + $8) / hertz }' /proc/stat; }

# is_provisioned PI CASE: it is as every way has to leave it; says what is not.
is_provisioned() {
  # shellcheck disable=SC2016 # for the Pi's shell
  "$ROOT/scripts/lab" exec "$1" sh -c '
    fail() { echo "$1"; exit 1; }
    name=$(hostname)
    case $name in pi-[0-9][0-9][0-9]) ;; *) fail "hostname $name" ;; esac
    [ "$(cat /etc/hostname)" = "$name" ] || fail "/etc/hostname"
    grep -q "^127.0.1.1[[:space:]]*$name\$" /etc/hosts || fail /etc/hosts
    [ "$(sed -n "s/^pi:\([^:]*\):.*/\1/p" /etc/shadow)" = "$0" ] || fail "password"
    id -nG pi | grep -qw docker || fail "group docker"
    id -nG pi | grep -qw sudo || fail "group sudo"
    systemctl -q is-enabled docker || fail "docker at boot"
    [ "$(docker info --format "{{.Swarm.LocalNodeState}}")" = active ] || fail swarm
    [ "$1" = card ] || [ "$2" = no ] || ls /var/lib/apt/lists/*_Packages* >/dev/null || fail "package index"
    dpkg-query -W -f "\${Version}" docker.io' "$PASSWORD_HASH" "$2" "${FETCHES_INDEX:-yes}"
}
