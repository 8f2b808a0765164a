# shellcheck shell=bash
# The build with its tests, and the scripts.

check_sources() {
  title "Sources"
  need_jdk
  need_node
  install_missing chromium # looks at the dashboard
  install_missing zsh fish # complete commands
  install_missing dosfstools mtools xz-utils zstd zip # the tests of images look at theirs with these
  check "shellcheck finds nothing in the scripts" shell_scripts_are_clean
  check "no two functions of scripts that are read together have the same name" functions_have_names_of_their_own
  check "a script that is typed wrongly says so, and ends" wrong_usage_is_refused
  check "the build passes, with formatter, static analysis and dependency rules" build_passes
  count_java_tests
}

shell_scripts_are_clean() {
  local scripts
  mapfile -t scripts < <(cd "$ROOT" && grep -lE '^#!/(usr/bin/env ba|bin/)sh' .ci/* scripts/* systemd/* scripts/lib/*/* \
    controller/src/main/resources/io/swarmctl/controller/image/card/*.sh 2>/dev/null)
  (cd "$ROOT" && shellcheck -x "${scripts[@]}")
}

# The last one that is read would take the place of the others, without a word.
functions_have_names_of_their_own() {
  local folder
  for folder in "$ROOT"/scripts/lib/*/; do
    nothing "$(grep -ohE '^[a-z_0-9]+\(\)' "$ROOT"/scripts/lib/*.sh "$folder"*.sh | sort | uniq -d)" ||
      { say "in ${folder#"$ROOT/"}" && return 1; }
  done
}

wrong_usage_is_refused() {
  local typed code
  for typed in 'demo --pis x' 'demo --managers' 'boot-arm64 --timeout x' 'boot-arm64 --timeout' 'bench soak --minutes x' \
    'runtime --arch' 'card --out' 'install --jar' 'test --long nothing' 'lab nothing'; do
    code=0
    # shellcheck disable=SC2086 # words
    timeout 20 "$ROOT/scripts/"$typed >/dev/null 2>&1 || code=$?
    equal 2 "$code" || { say "scripts/$typed" && return 1; }
  done
}

build_passes() {
  find "$ROOT" -path '*/target/surefire-reports/*' -delete
  (cd "$ROOT" && JAVA_HOME=$JDK ./mvnw -B -ntp verify >"$LOGS/build.log" 2>&1 </dev/null) ||
    { grep -E '^\[ERROR\]' "$LOGS/build.log" | head -n 25 && return 1; }
}

# For the tests of the store; without the server that Debian would set up and start beside it.
install_postgresql() {
  local settings=/etc/postgresql-common/createcluster.d/swarmctl-tests.conf
  [ -n "$(missing_packages postgresql)" ] && [ ! -d /usr/lib/postgresql ] || return 0
  install -D -m 644 /dev/stdin "$settings" <<<'create_main_cluster = false'
  install_missing postgresql
  rm -f "$settings"
}

# Each of Java's own tests counts as one.
count_java_tests() {
  local run failures skipped
  read -r run failures skipped < <(find "$ROOT" -path '*/target/surefire-reports/*.txt' -exec cat {} + |
    sed -nE 's/^Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' |
    awk '{ run += $1; failures += $2 + $3; skipped += $4 } END { print run + 0, failures + 0, skipped + 0 }')
  PASSED=$((PASSED + run - failures - skipped))
  FAILED=$((FAILED + failures))
  printf '        of the Java tests %d passed, %d failed, %d were skipped\n' \
    $((run - failures - skipped)) "$failures" "$skipped"
}
