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
  ! jars_are_fresh || return 0
  need_node
  local started
  started=$(now)
  say "building (a minute or two; the first time Maven fetches what it needs)"
  mkdir -p "$ROOT/target"
  (cd "$ROOT" && JAVA_HOME=$JDK quietly target/build.log ./mvnw -B -ntp -DskipTests package)
  say "built in $(seconds_since "$started") s"
}

jars_are_fresh() {
  [ -f "$AGENT_JAR" ] && [ -f "$CONTROLLER_JAR" ] || return 1
  local older=$AGENT_JAR
  [ "$AGENT_JAR" -ot "$CONTROLLER_JAR" ] || older=$CONTROLLER_JAR
  [ -z "$(find "$ROOT"/pom.xml "$ROOT"/.mvn "$ROOT"/{common,agent,controller}/{pom.xml,src} \
    \( -path '*/src/test' -o -name node_modules \) -prune -o -type f -newer "$older" -print -quit)" ]
}
