# shellcheck shell=bash
# No secret stands where it does not belong. What is looked for lies in a file that only root can read:
# given to grep as an argument it would stand in the process list itself.

check_secrets() {
  local pi
  SECRETS=$LOGS/secrets
  (umask 077 && collect_secrets >"$SECRETS")
  check "there are secrets to look for" every_secret_is_known
  check "no process list has shown a secret" not_in "$LOGS/processes.log"
  check "no log of the controller and of the commands has a secret" not_in "$DEMO/logs"
  for pi in $(pis); do
    check "$pi: no journal has a secret" not_in_journal "$pi"
    check "$pi: no file that anybody may read has a secret" not_readable_on "$pi"
    check "$pi: no secret is on the boot partition, nor where a removed file was" not_on_boot_partition "$pi"
  done
  check "no answer of the API has a secret" not_in_api
  check "the controller's files are its user's alone" controller_files_are_private
  rm -f "$SECRETS"
}

# One a line, each as long as a guess would have to be.
collect_secrets() {
  local pi manager
  manager=$(a_manager)
  cat "$DEMO/enrolment.key" "$DEMO/password" "$DEMO/data/admin.token"
  awk -F"'" '/passwordHash/ { print $2 }' "$DEMO/fleet.yaml"
  on "$manager" docker swarm join-token -q manager
  on "$manager" docker swarm join-token -q worker
  for pi in $(pis); do
    on "$pi" sh -c 'cat /var/lib/swarm-agent/bus-cluster; echo; sed -n 2p /var/lib/swarm-agent/node.key'
  done
}

every_secret_is_known() {
  sed -i '/^[[:space:]]*$/d' "$SECRETS"
  equal "$((6 + 2 * $(pis | wc -l))) secrets of 12 characters or more" \
    "$(grep -cE '^.{12,}$' "$SECRETS") secrets of 12 characters or more"
}

# without_secrets NAME: standard input has none of them; shows the lines that have one, without it.
without_secrets() {
  local found
  found=$(grep -naFf "$SECRETS" | hide_secrets) || true
  [ -z "$found" ] || { printf 'in %s:\n%s\n' "$1" "$found" && return 1; }
}

hide_secrets() {
  perl -e 'open(my $f, "<", shift) or die; chomp(my @secrets = <$f>);
    while (my $line = <STDIN>) { $line =~ s/\Q$_\E/(secret)/g for @secrets; print $line }' "$SECRETS"
}

not_in() {
  [ -e "$1" ] || { say "$1 is missing" && return 1; }
  find "$1" -type f -exec cat {} + | without_secrets "$1"
}

not_in_journal() { "$ROOT/scripts/lab" logs "$1" --all | without_secrets "the journal"; }

# As a user who owns nothing.
not_readable_on() {
  # shellcheck disable=SC2016 # the Pi's shell
  nothing "$(on "$1" sh -c '
    umask 077
    cat >/run/secrets && exec 3</run/secrets && chgrp 65534 /run/secrets && chmod 640 /run/secrets && rm /run/secrets
    find / \( -path /proc -o -path /sys \) -prune -o -type f -size -50M -print0 |
      setpriv --reuid=65534 --regid=65534 --clear-groups xargs -0 grep -lsFf /dev/fd/3' <"$SECRETS")"
}

# Byte for byte, for what was removed may still be there.
not_on_boot_partition() {
  dd if="$(card_of "$1")" bs=1M skip=8 count=512 status=none | tr -d '\0' | without_secrets "the boot partition"
}

# All that can be read: every path of the API's own description.
not_in_api() {
  local path paths
  mapfile -t paths < <(api_paths)
  [ "${#paths[@]}" -gt 10 ] || { say "only ${#paths[@]} paths: ${paths[*]}" && return 1; }
  for path in "${paths[@]}"; do api "$path" | without_secrets "$path" || return 1; done
}

api_paths() {
  local names
  names=$(api /nodes | jq -c '[.nodes[].name]')
  api /openapi.json | jq -r --argjson names "$names" \
    '.paths | to_entries[] | select(.value.get) | .key | . as $path
     | if contains("{node}") then $names[] as $name | $path | gsub("\\{node\\}"; $name) else . end'
}

# The token comes on standard input, so that it is in no process list.
api() (
  # shellcheck disable=SC1091
  . "$DEMO/env"
  sed 's/^/Authorization: Bearer /' "$DEMO/data/admin.token" |
    curl -sSf --cacert "$DEMO/data/ca.crt" -H @- "https://localhost:$SWARMCTL_HTTPS_PORT/api/v1$1"
)

controller_files_are_private() { nothing "$(find "$DEMO/data" ! -type l -perm /077 -ls)"; }
