# shellcheck shell=bash
# Ansible for the impatient: the same playbook, without gathering facts that it does not use.

# shellcheck disable=SC2034 # for the way that this is one of
GATHERING=explicit
# shellcheck source=scripts/lib/bench/provision/ansible.sh
. "$WAYS/ansible.sh"
