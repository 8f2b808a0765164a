# shellcheck shell=bash
# A check is a sentence and a command that makes it true.

PASSED=0
FAILED=0

title() { printf '\n%s\n' "$*"; }

# check SENTENCE COMMAND...: what the command prints is shown when it fails.
check() {
  local sentence=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed "$sentence"
  else
    failed "$sentence" "$output"
  fi
}

passed() {
  PASSED=$((PASSED + 1))
  printf '  ok    %s\n' "$1"
}

# failed SENTENCE OUTPUT
failed() {
  FAILED=$((FAILED + 1))
  printf '  FAIL  %s\n' "$1"
  [ -z "$2" ] || tail -n 30 <<<"$2" | cut -c1-400 | sed 's/^/          /'
}

# equal EXPECTED ACTUAL
equal() {
  [ "$1" = "$2" ] || { printf 'expected: %s\nis:       %s\n' "$1" "$2" && return 1; }
}

# nothing TEXT: fails with the text when there is one.
nothing() { [ -z "$1" ] || { printf '%s\n' "$1" && return 1; }; }

verdict() {
  printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
}
