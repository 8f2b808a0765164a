# shellcheck shell=bash
# Docker from a repository that is laid out as its own, and its next release.

docker_repo() {
  local pi
  title "Docker from its own repository"
  begin_run --pis 3 --docker-repository || return 0
  for pi in $(pis); do
    check "$pi: Docker's packages come from the repository" installed_from_repository "$pi"
    check "$pi: nothing of Debian's Docker is installed" \
      nothing "$(on "$pi" dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' docker.io containerd runc 2>/dev/null | grep '^ii')"
  done
  check_swarm 1 2
  check_pis
  "$ROOT/scripts/lab" publish newer
  check "a newer release shows up there" newer_is_offered pi1
  end_run
}

# apt knows where it would get the installed version from.
installed_from_repository() {
  local package policy
  for package in docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin; do
    policy=$(on "$1" apt-cache policy "$package")
    grep -A1 -F '***' <<<"$policy" | grep -q 'https://.*/linux/debian ' || { say "$policy" && return 1; }
  done
}

newer_is_offered() {
  on "$1" apt-get -q update || return 1
  on "$1" apt-get -s -q dist-upgrade | grep '^Inst docker-ce '
}
