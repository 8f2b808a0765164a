# shellcheck shell=bash
# Java 17 or newer, for what is installed.

need_java() {
  ! java_is_new_enough || return 0
  has_package default-jre-headless || quietly "$LOGS/apt.log" apt-get update
  install_missing "$(java_package)"
  java_is_new_enough || die "the 'java' of this machine is older than 17" "choose another: update-alternatives --config java"
}

java_is_new_enough() {
  local version
  version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p') || return 1
  [[ $version =~ ^[0-9]+$ ]] && [ "$version" -ge 17 ]
}

# Debian 12 has 17; later ones have newer.
java_package() { if has_package openjdk-17-jre-headless; then say openjdk-17-jre-headless; else say default-jre-headless; fi; }

has_package() { apt-cache policy "$1" 2>/dev/null | grep -E '^  Candidate: ' | grep -qv '(none)'; }

can_build() { jars_are_fresh || have_jdk || has_package "$JDK_PACKAGE" || { apt-get -qq update && has_package "$JDK_PACKAGE"; }; }
