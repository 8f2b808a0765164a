# shellcheck shell=bash
# The JDK, Node.js, and the jars. Needs ROOT, the top of the source tree.

JDK_PACKAGE=openjdk-17-jdk-headless
AGENT_JAR=$ROOT/agent/target/swarm-agent.jar
CONTROLLER_JAR=$ROOT/controller/target/swarmctl.jar

# need_jdk: sets JDK to the directory of one, and installs one when there is none.
need_jdk() {
  have_jdk || install_missing "$JDK_PACKAGE"
  have_jdk || die "no JDK with jlink was found" "apt-get install $JDK_PACKAGE"
}

have_jdk() {
  local javac=${JAVA_HOME:+$JAVA_HOME/bin/javac}
  javac=$(readlink -f "${javac:-$(command -v javac)}") || return 1
  JDK=$(dirname "$(dirname "$javac")")
  [ -x "$JDK/bin/jlink" ] && [ -d "$JDK/jmods" ]
}

# need_node: for the dashboard; installs one when there is none, or an older one.
need_node() {
  have_node || install_missing nodejs npm
  have_node || die "Node.js 18 or newer and npm are needed for the dashboard" "apt-get install nodejs npm"
}

have_node() {
  command -v npm >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node, 10) >= 18 ? 0 : 1)' 2>/dev/null
}

# need_jars: builds them, without tests, when a source is newer.
need_jars() {
  need_jdk
  if jars_are_fresh; then
    class_archive "$JDK/bin/java" "$CONTROLLER_JAR" "${CONTROLLER_JAR%.jar}.jsa"
    return
  fi
  need_node
  local started
  started=$(now)
  say "building (a minute or two; the first time Maven fetches what it needs)"
  mkdir -p "$ROOT/target"
  show_time "$started" "$ROOT/target/build.log"
  (cd "$ROOT" && JAVA_HOME=$JDK quietly target/build.log ./mvnw -B -ntp -DskipTests package)
  class_archive "$JDK/bin/java" "$CONTROLLER_JAR" "${CONTROLLER_JAR%.jar}.jsa"
  hide_time
  say "built in $(seconds_since "$started") s"
}

# show_time STARTED LOG: on a terminal, the seconds and what Maven is at, until hide_time or the script's end.
show_time() {
  TIME_SHOWN=
  [ -t 1 ] || return 0
  while kill -0 $$ 2>/dev/null; do
    printf '\r\033[K%4.0f s  %s' "$(seconds_since "$1")" "$(sed -n 's/^\[INFO\] Building swarmctl \([a-z]*\).*/\1/p' "$2" 2>/dev/null | tail -n 1)"
    sleep 1
  done &
  TIME_SHOWN=$!
}

hide_time() {
  [ -n "$TIME_SHOWN" ] || return 0
  kill "$TIME_SHOWN" 2>/dev/null || true
  wait "$TIME_SHOWN" 2>/dev/null || true
  printf '\r\033[K'
}

# class_archive JAVA JAR ARCHIVE: makes it, if it is not there or older than the jar; does without when Java cannot.
# Java itself does not use one that belongs to another jar or another Java. In two steps, for an archive that a program
# writes as it ends has no classes as old as picocli's.
class_archive() {
  [ -z "$(find "$3" -newer "$2" 2>/dev/null)" ] || return 0
  local java work
  java=$(readlink -f "$(command -v "$1")") || return 0
  work=$(mktemp -d)
  rm -f "$3.new"
  rehearsal_keys "${java%/*}/keytool" "$work/store" >/dev/null 2>&1 </dev/null || true
  timeout 120 "$java" "-XX:DumpLoadedClassList=$work/classes" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -jar "$2" __rehearse "$work/store" >/dev/null 2>&1 </dev/null || true
  timeout 120 "$java" -Xshare:dump "-XX:SharedClassListFile=$work/classes" "-XX:SharedArchiveFile=$3.new" \
    -XX:+UseSerialGC -cp "$2" >/dev/null 2>&1 </dev/null || true
  rm -rf "$work"
  if [ -s "$3.new" ]; then chmod 644 "$3.new" && mv "$3.new" "$3"; else rm -f "$3.new"; fi
}

# rehearsal_keys KEYTOOL STORE: a certificate as a controller's, by a CA of its own, whose key is forgotten at once.
rehearsal_keys() {
  local options=(-keystore "$2" -storetype PKCS12 -storepass rehearsal)
  "$1" -genkeypair -alias ca -keyalg EC -dname CN=rehearsal -ext bc:c "${options[@]}"
  "$1" -genkeypair -alias controller -keyalg EC -dname CN=controller -signer ca -ext eku=serverAuth \
    -ext san=dns:controller.swarmctl.internal,ip:127.0.0.1 "${options[@]}"
  "$1" -delete -alias ca "${options[@]}"
}

jars_are_fresh() {
  [ -f "$AGENT_JAR" ] && [ -f "$CONTROLLER_JAR" ] || return 1
  local older=$AGENT_JAR
  [ "$AGENT_JAR" -ot "$CONTROLLER_JAR" ] || older=$CONTROLLER_JAR
  [ -z "$(find "$ROOT"/pom.xml "$ROOT"/.mvn "$ROOT"/{common,agent,controller}/{pom.xml,src} \
    \( -path '*/src/test' -o -name node_modules \) -prune -o -type f -newer "$older" -print -quit)" ]
}
