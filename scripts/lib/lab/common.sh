# shellcheck shell=bash
# Settings, and the lock.

LAB_STATE=${LAB_STATE:-/var/lib/swarmctl-lab}
LAB_CACHE=${LAB_CACHE:-/var/cache/swarmctl-lab}
LAB_BRIDGE=${LAB_BRIDGE:-swarmlab0}
LAB_NET=${LAB_NET:-10.77.0}

PIS=$LAB_STATE/pis
IMAGE=$LAB_STATE/image
SITE=$LAB_STATE/site # files that every Pi gets from where it stands, not from its image
NETWORK=$LAB_STATE/network
LOGS=$LAB_STATE

# A lab is ended with the settings it was begun with, whatever the environment says meanwhile.
note_settings() { printf 'LAB_BRIDGE=%q\nLAB_NET=%q\n' "$LAB_BRIDGE" "$LAB_NET" >"$LAB_STATE/settings"; }

recall_settings() {
  # shellcheck disable=SC1091
  [ ! -e "$LAB_STATE/settings" ] || . "$LAB_STATE/settings"
}

# Two commands that change the lab must not meet; those that only look take no lock. Descriptor 9
# must not reach a process that outlives the command, or the lock would, too.
take_lock() {
  mkdir -p "$LAB_STATE"
  exec 9>"$LAB_STATE/lock"
  flock -w 120 9 || die "another lab command has been at work for two minutes" "see: fuser $LAB_STATE/lock"
}
