# shellcheck shell=bash
# JDKs of other architectures, from Debian 12's packages: what is linked from them runs on Debian 12 and newer,
# while what is made from newer packages asks for a newer C library. Needs ROOT and LOGS.

FOREIGN_VERSION=17.0.19+10-1~deb12u2
FOREIGN_SUITE=bookworm
DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

foreign_checksum() {
  case $1 in
    arm64) say ba8e4b4011aaaca30d8794125bc214a79835e853008aeb1a4909a02e449e0c26 ;;
    armhf) say ba49adb5246400d736cc3cb7c98a820e915f338e513dc31a71f7b37280eaf1b3 ;;
    *) return 1 ;;
  esac
}

known_architecture() { foreign_checksum "$1" >/dev/null; }

# The linker has to be of the same version as what it links.
need_jlink_17() {
  grep -q '^JAVA_VERSION="17\.' "$JDK/release" ||
    die "a runtime for another architecture needs a JDK 17 here" \
      "install one (apt-get install $JDK_PACKAGE), and say where: JAVA_HOME=/usr/lib/jvm/..."
}

# foreign_jdk ARCHITECTURE: prints where its JDK lies, with its modules; fetches it when it is not there.
foreign_jdk() {
  local jdk=$ROOT/target/jdk/$1-$FOREIGN_VERSION
  if [ ! -d "$jdk" ]; then
    say "fetching the $1 modules of Java from Debian (70 MB, once)" >&2
    rm -rf "$ROOT/target/jdk/$1"-*
    mkdir -p "$jdk.part"
    fetch_package "$1" "$jdk.part" >&2
    # Debian's own release file is in another package.
    say "JAVA_VERSION=\"$FOREIGN_VERSION\" $1" >"$jdk.part/usr/lib/jvm/java-17-openjdk-$1/release"
    mv "$jdk.part/usr/lib/jvm/java-17-openjdk-$1" "$jdk"
    rm -rf "$jdk.part"
  fi
  printf '%s\n' "$jdk"
}

# fetch_package ARCHITECTURE DIRECTORY: unpacks it there, when apt trusts it and it is the one that was looked at.
fetch_package() {
  local package
  foreign_apt "$1" "$2/apt" update
  (cd "$2/apt" && foreign_apt "$1" "$2/apt" download "$JDK_PACKAGE=$FOREIGN_VERSION")
  package=$(find "$2/apt" -maxdepth 1 -name '*.deb' -print -quit)
  say "$(foreign_checksum "$1")  $package" | sha256sum --quiet -c - ||
    die "$JDK_PACKAGE $FOREIGN_VERSION for $1 is not what it was" "compare with Debian's, then change scripts/lib/jdk.sh"
  dpkg-deb -x "$package" "$2"
  rm -rf "$2/apt"
}

# foreign_apt ARCHITECTURE DIRECTORY COMMAND...: apt for another architecture, with nothing of this machine's
# but its mirror, its proxy and Debian's keys.
foreign_apt() {
  local arch=$1 dir=$2
  shift 2
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/sources"
  printf 'deb [signed-by=%s] %s %s main\n' "$DEBIAN_KEYRING" "$(debian_mirror)" "$FOREIGN_SUITE" >"$dir/sources/debian.list"
  quietly "$LOGS/jdk.log" apt-get -o "APT::Architecture=$arch" -o "APT::Architectures=$arch" \
    -o APT::Sandbox::User=root -o "Dir::State=$dir" -o "Dir::State::status=/dev/null" -o "Dir::Cache=$dir/cache" \
    -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$dir/sources" "$@"
}

# As this machine is configured.
debian_mirror() {
  local mirror
  # shellcheck disable=SC2016 # the fields are apt's, not the shell's
  mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' |
    awk '$1 !~ /-/ { print $2; exit }')
  [ -n "$mirror" ] || die "this machine's apt knows no Debian archive" "apt-get update; apt-get indextargets shows what it knows"
  say "$mirror"
}
