# shellcheck shell=bash
# The class-data archive that a card carries for its agent, so that not even the first start has to read and check every
# class by itself. It fits one jar and one runtime. Needs ROOT, LOGS, lib/build.sh and lib/jdk.sh.

# On every card the agent's jar has this time: the JVM knows the jar by its name, its size and its time.
CARD_TIME=@1577836800
REHEARSAL_SECONDS=120
DUMP_SECONDS=300 # a Pi, or a processor that is emulated
# What a runtime needs of its system.
RUNTIME_LIBRARIES=(libc6 libgcc-s1 libstdc++6 zlib1g)

# agent_archive ARCHITECTURE RUNTIME FILE: the one for a card with that runtime. Does without, and says so, when it cannot
# be made.
agent_archive() {
  local known
  known=$ROOT/target/classes/$1-$(archive_recipe "$2" | sha256sum | cut -c1-12).jsa
  if [ ! -s "$known" ]; then
    mkdir -p "$ROOT/target/classes"
    find "$ROOT/target/classes" -maxdepth 1 -name "$1-*.jsa*" -delete
    if ! make_agent_archive "$1" "$2" "$known" >"$LOGS/classes.log" 2>&1 </dev/null; then
      say "no class-data archive for $1, so an agent's first start takes longer there; why: $LOGS/classes.log" >&2
      return
    fi
  fi
  install -m 644 "$known" "$3"
}

# Everything that the archive depends on; a change makes a new one.
archive_recipe() {
  say "$1"
  cat "$AGENT_JAR" "$ROOT/scripts/lib/classes.sh" "$ROOT/scripts/lib/WithoutHooks.java"
}

# make_agent_archive ARCHITECTURE RUNTIME FILE
make_agent_archive() (
  java=$(java_here "$1" "$2") || exit
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  rehearse_agent "$work" || exit
  # Also those that only an agent on a real machine loads.
  "$JDK/bin/jar" --list --file "$AGENT_JAR" | sed -n '/-info/d; s,^\(io/swarmctl/.*\)\.class$,\1,p' >>"$work/classes" || exit
  cp "$AGENT_JAR" "$work/swarm-agent.jar" && touch -d "$CARD_TIME" "$work/swarm-agent.jar" || exit
  # The jar is named as swarm-agent-start names it, and the collector is that of jvm.options.
  cd "$work" || exit
  # shellcheck disable=SC2086 # the emulator is a word of its own
  timeout "$DUMP_SECONDS" $java -Xshare:dump -XX:+UseSerialGC -Xlog:cds=off "-XX:SharedClassListFile=$work/classes" \
    "-XX:SharedArchiveFile=$3.part" -cp swarm-agent.jar && mv "$3.part" "$3"
)

# java_here ARCHITECTURE RUNTIME: the words by which that runtime's Java runs on this machine.
java_here() {
  if [ "$1" = "$(dpkg --print-architecture)" ]; then
    say "$2/bin/java"
  else
    say "$(emulator "$1") -L $(runtime_libraries "$1") $2/bin/java"
  fi
}

emulator() {
  local machine=arm
  [ "$1" != arm64 ] || machine=aarch64
  command -v "qemu-$machine-static" "qemu-$machine" | head -n 1 | grep . && return
  [ "$(id -u)" -eq 0 ] || die "programs for $1 do not run here" "apt-get install qemu-user-static"
  install_missing qemu-user-static >&2
  command -v "qemu-$machine-static" "qemu-$machine" | head -n 1 | grep .
}

# runtime_libraries ARCHITECTURE: prints where they lie; fetches them when they are not there.
runtime_libraries() {
  local libraries=$ROOT/target/jdk/$1-libraries
  if [ ! -d "$libraries" ]; then
    rm -rf "$libraries.part"
    fetch_libraries "$1" "$libraries.part" >&2 || return
    mv "$libraries.part" "$libraries"
  fi
  say "$libraries"
}

# fetch_libraries ARCHITECTURE DIRECTORY
fetch_libraries() {
  local package
  foreign_apt "$1" "$2/apt" update
  (cd "$2/apt" && foreign_apt "$1" "$2/apt" download "${RUNTIME_LIBRARIES[@]}")
  for package in "$2/apt"/*.deb; do dpkg-deb --extract "$package" "$2" || return; done
  rm -rf "$2/apt"
}

# rehearse_agent DIRECTORY: writes to DIRECTORY/classes what an agent loads from its start until its node is ready: a
# simulated node's, that comes to a controller of its own. 10 s.
rehearse_agent() (
  export SWARMCTL_CONFIG=/dev/null SWARMCTL_CONTEXT='' SWARMCTL_LISTEN=127.0.0.1 SWARMCTL_MDNS=false
  export SWARMCTL_DATA_DIRECTORY=$1/data XDG_CONFIG_HOME=$1/config JAVA_HOME=$JDK
  SWARMCTL_HTTPS_PORT=$(two_free_ports 28443)
  export SWARMCTL_HTTPS_PORT SWARMCTL_GATEWAY_PORT=$((SWARMCTL_HTTPS_PORT + 1))
  "$ROOT/scripts/swarmctl" controller &
  note_process "$1/controller.pid" $!
  trap 'end_noted_process "$1/controller.pid" TERM' EXIT
  within "$REHEARSAL_SECONDS" "$ROOT/scripts/swarmctl" roles auto --managers 1 --settle 0s --yes || exit
  cp "$CONTROLLER_JAR" "$1/swarmctl.jar" && "$JDK/bin/java" "$ROOT/scripts/lib/WithoutHooks.java" "$1/swarmctl.jar" || exit
  timeout "$REHEARSAL_SECONDS" "$JDK/bin/java" "-XX:DumpLoadedClassList=$1/classes" -XX:+UseSerialGC -jar "$1/swarmctl.jar" \
    simulate --nodes 1 --arrive 0s --pace 1000 --until ready --timeout "${REHEARSAL_SECONDS}s"
)
