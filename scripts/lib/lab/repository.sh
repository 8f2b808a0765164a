# shellcheck shell=bash
# A repository that stands in for Docker's own: under its name, with packages made of Debian's, in two releases.

REPOSITORY_HOST=download.docker.com
REPOSITORY=$LAB_STATE/repository
REPOSITORY_PACKAGES=(apt-utils dpkg-dev gnupg openssl python3-minimal libpython3-stdlib)

# repository_tree: makes sure that there is one, and copies it, for it changes when a release is published.
repository_tree() {
  local built started
  install_missing "${REPOSITORY_PACKAGES[@]}"
  built=$LAB_CACHE/repository-$(repository_recipe | sha256sum | cut -c1-12)
  if [ ! -d "$built" ]; then
    started=$(now)
    say "building the repository that stands in for Docker's (once)"
    rm -rf --one-file-system "$LAB_CACHE"/repository-*
    mkdir -p "$built.part"
    quietly "$LAB_STATE/repository.log" boxed "$LAB_LIB/build-repository" "$built.part" "$(suite)" "$REPOSITORY_HOST"
    mv "$built.part" "$built"
    say "built the repository in $(seconds_since "$started") s"
  fi
  cp -r "$built" "$REPOSITORY"
  publish older
}

repository_recipe() {
  suite
  cat "$LAB_LIB/build-repository"
  apt-cache policy docker.io containerd runc tini | grep Candidate
}

# publish older|newer: what the repository offers from now on; the newer one has the older packages, too.
publish() {
  ln -sfn "dists-$1" "$REPOSITORY/root/linux/debian/dists"
}

# trust_repository: the Pis believe its certificate, as they do those of the world.
trust_repository() {
  local own=usr/local/share/ca-certificates
  mkdir -p "$SITE/$own"
  cp "$REPOSITORY/ca.crt" "$SITE/$own/lab.crt"
}

start_repository() {
  mkdir -p "$MODES"
  setsid "$LAB_LIB/package-server" --listen "$LAB_NET.1:443" --modes "$MODES" --root "$REPOSITORY/root" \
    --certificate "$REPOSITORY/server.pem" serve </dev/null >"$NETWORK/repository.log" 2>&1 9>&- &
  note_process "$NETWORK/repository.pid" $!
  disown
  within 10 listens 443 || die "the repository's server did not start" "$(tail -n 1 "$NETWORK/repository.log")"
}

stop_repository() { end_noted_process "$NETWORK/repository.pid" TERM; }

# Where dnsmasq sends those who ask for Docker's repository.
repository_name() {
  [ ! -d "$REPOSITORY" ] || printf -- '--%s\n' "address=/$REPOSITORY_HOST/$LAB_NET.1" "local=/$REPOSITORY_HOST/"
}

cmd_publish() {
  case ${1:-} in
    older | newer) ;;
    *) usage_error "publish takes older or newer: scripts/lab publish newer" ;;
  esac
  take_lock
  [ -d "$REPOSITORY" ] || die "this lab has no repository" "scripts/lab up N --docker-repository"
  publish "$1"
}
