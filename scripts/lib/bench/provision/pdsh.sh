# shellcheck shell=bash
# pdsh over SSH, all Pis at once: the script of steps is sent with the command.

# shellcheck disable=SC2034 # for the bench
PACKAGES=(pdsh openssh-client)

prepare() {
  ssh_card "$1" "$3"
  say "$1" >"$BENCH_PLACE/case"
  say "$2" >"$BENCH_PLACE/fanout"
}

# on_pis HOSTS COMMAND: which finds the steps in $s.
on_pis() {
  PDSH_SSH_ARGS_APPEND="-i $BENCH_PLACE/login -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR" \
    pdsh -S -R ssh -l pi -f "$(cat "$BENCH_PLACE/fanout")" -w "$1" \
    "s=\$(mktemp) && echo $(base64 -w0 "$WAYS/steps") | base64 -d >\$s && $2"
}

# on_each HOSTS STEP...: sshd tells a Pi its own address.
on_each() {
  local hosts=$1
  shift
  on_pis "$hosts" "set -- \$SSH_CONNECTION && n=00\$((\${3##*.} - $((FIRST_ADDRESS - 1)))) && sudo env HASH='$PASSWORD_HASH' \
ADDRESS=\$3 TOKEN=${TOKEN:-} FIRST=$(pi_address 1) NAME=pi-\$(echo \$n | tail -c 4) sh \$s $*"
}

# provision HOSTS: hosts with commas.
provision() {
  local docker=
  [ "$(cat "$BENCH_PLACE/case")" = card ] || docker=docker
  # shellcheck disable=SC2086 # no word at all when Docker is there
  on_each "$1" password name $docker group engine
}

token() { on_pis "$(pi_address 1)" 'sudo docker swarm join-token -q worker' | sed 's/^[^ ]* //'; }

start() {
  local workers
  await_ssh 1 "$1"
  workers=$(addresses "$2" | tail -n +2 | paste -sd,)
  typed provision "$(pi_address 1),$workers" || true # not all are on
  typed on_each "$(pi_address 1)" init
  TOKEN=$(typed token)
  typed on_each "$workers" join || true
}

again() {
  await_ssh "$1" "$1"
  typed provision "$(pi_address "$1")"
  TOKEN=$(typed token)
  typed on_each "$(pi_address "$1")" join
}

finish() { :; }
