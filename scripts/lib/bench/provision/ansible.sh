# shellcheck shell=bash
# Ansible over SSH as it comes, with forks = N and pipelining. GATHERING=explicit leaves out what it wants to know of all
# machines beforehand.

# shellcheck disable=SC2034 # for the bench
PACKAGES=(ansible-core openssh-client)

prepare() {
  ssh_card "$1" "$3"
  mkdir -p "$BENCH_PLACE/ansible"
  cat >"$BENCH_PLACE/ansible/ansible.cfg" <<EOF
[defaults]
inventory = $BENCH_PLACE/ansible/hosts
forks = $2
gathering = ${GATHERING:-implicit}
host_key_checking = False
interpreter_python = /usr/bin/python3
remote_user = pi
private_key_file = $BENCH_PLACE/login
timeout = 10
retry_files_enabled = False

[ssh_connection]
pipelining = True
ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=/dev/null
control_path_dir = $BENCH_PLACE/ansible/cp
EOF
  inventory "$2" >"$BENCH_PLACE/ansible/hosts"
  jq -n --arg hash "$PASSWORD_HASH" --arg case "$1" '{password_hash: $hash, install_docker: ($case == "install")}' \
    >"$BENCH_PLACE/ansible/vars.json"
}

inventory() {
  local i
  say '[manager]'
  for ((i = 1; i <= $1; i++)); do
    [ "$i" -ne 2 ] || say '[workers]'
    printf 'pi-%03d ansible_host=%s\n' "$i" "$(pi_address "$i")"
  done
}

playbook() {
  ANSIBLE_CONFIG=$BENCH_PLACE/ansible/ansible.cfg ansible-playbook -e "@$BENCH_PLACE/ansible/vars.json" \
    "$WAYS/playbook.yml" "$@"
}

# start COUNT ALL: of so many Pis this many are switched on.
start() {
  await_ssh 1 "$1"
  # By its exit code it tells of the Pi that it did not reach.
  typed playbook || [ "$1" -lt "$2" ]
}

# again NUMBER: for the one that came late; the manager tells the token again.
again() {
  await_ssh "$1" "$1"
  typed playbook --limit "$(printf 'manager,pi-%03d' "$1")"
}

finish() { rm -rf "$BENCH_PLACE/ansible/cp"; }
