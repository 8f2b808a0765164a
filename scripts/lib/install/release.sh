# shellcheck shell=bash
# A release is a directory with all that a version consists of; a link says which one is used.

# works JAR
works() { timeout 60 java -jar "$1" --version >/dev/null 2>&1 </dev/null; }

# make_release JAR KIT: sets RELEASE to its directory; whole, or not at all.
make_release() {
  local part=$PLACE/releases/.part
  install -d -m 755 "$PLACE" "$PLACE/releases"
  rm -rf "$part"
  install -d -m 755 "$part/bin" "$part/systemd"
  install -m 644 "$1" "$part/swarmctl.jar"
  install -m 755 "$ROOT/scripts/swarmctl" "$part/bin/"
  install -m 644 "$ROOT/systemd/swarmctl.service" "$part/systemd/"
  if [ -n "$2" ]; then cp -rL "$2" "$part/kit" && chmod -R u=rwX,go=rX "$part/kit"; fi
  RELEASE=$PLACE/releases/$(contents "$part" | sha256sum | cut -c1-16)
  if [ -d "$RELEASE" ]; then
    rm -rf "$part"
  else
    sync -f "$part"
    mv -T "$part" "$RELEASE"
  fi
}

contents() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k2); }

is_current() { [ "$(readlink -f "$PLACE/current")" = "$1" ]; }

# switch_to RELEASE: from one moment to the next.
switch_to() {
  ln -sfn "$1" "$PLACE/current.new"
  mv -T "$PLACE/current.new" "$PLACE/current"
  install -m 644 "$1/systemd/swarmctl.service" "$UNIT.new"
  mv "$UNIT.new" "$UNIT"
  systemctl daemon-reload
}

# keep_only RELEASE
keep_only() { find "$PLACE/releases" -mindepth 1 -maxdepth 1 ! -path "$1" -exec rm -rf {} +; }

# The command starts faster with its classes in one archive; Java makes it from what a command has loaded.
make_class_archive() {
  local archive=$RELEASE/swarmctl.jsa
  [ ! -s "$archive" ] || return 0
  timeout 120 java "-XX:ArchiveClassesAtExit=$archive.new" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -jar "$RELEASE/swarmctl.jar" nodes list >/dev/null 2>&1 </dev/null || true
  if [ -s "$archive.new" ]; then chmod 644 "$archive.new" && mv "$archive.new" "$archive"; else rm -f "$archive.new"; fi
}
