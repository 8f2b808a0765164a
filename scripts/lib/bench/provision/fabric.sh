# shellcheck shell=bash
# Fabric over SSH: a task for all Pis at once, in threads.

# shellcheck disable=SC2034 # for the bench
PACKAGES=(fabric openssh-client)

prepare() {
  ssh_card "$1" "$3"
  jq -n --arg hash "$PASSWORD_HASH" --arg case "$1" --arg key "$BENCH_PLACE/login" --argjson first "$FIRST_ADDRESS" \
    --arg hosts "$(addresses "$2" | paste -sd,)" \
    '{hosts: ($hosts | split(",")), $key, password_hash: $hash, install_docker: ($case == "install"), $first}' \
    >"$BENCH_PLACE/fabric.json"
}

fabric() { BENCH_FABRIC=$BENCH_PLACE/fabric.json fab --search-root "$WAYS" "$@"; }

start() {
  await_ssh 1 "$1"
  typed fabric provision
}

again() {
  await_ssh "$1" "$1"
  typed fabric provision --only "$(pi_address "$1")"
}

finish() { :; }
