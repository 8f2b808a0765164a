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

# The command starts faster with its classes in one archive, made from what a run through its commands has loaded.
make_class_archive() { class_archive java "$RELEASE/swarmctl.jar" "$RELEASE/swarmctl.jsa"; }

# put_completion: for all shells, whether they are there or come later. A shell without it is no reason to fail.
put_completion() {
  local entry file
  for entry in "${COMPLETIONS[@]}"; do
    file=${entry#*:}
    install -d -m 755 "${file%/*}"
    if "$PLACE/current/bin/swarmctl" completion "${entry%%:*}" >"$file.new" 2>/dev/null </dev/null; then
      chmod 644 "$file.new" && mv "$file.new" "$file"
    else
      rm -f "$file.new"
    fi
  done
}
