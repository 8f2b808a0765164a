# shellcheck shell=bash
# What the lab needs of the machine that runs it: packages, and a few limits that many Pis share.

HOST_PACKAGES=(systemd-container mmdebstrap iproute2 iptables dnsmasq-base procps kmod bsdextrautils)
HOST_MODULES=(overlay bridge veth br_netfilter vxlan ip_vs nf_nat xt_MASQUERADE)

# All guests share the kernel's tables, whose defaults are meant for one machine.
HOST_LIMITS=(
  net.ipv4.ip_forward=1
  fs.inotify.max_user_instances=8192
  fs.inotify.max_user_watches=1048576
  kernel.keys.maxkeys=20000
  kernel.keys.maxbytes=2000000
  net.ipv4.neigh.default.gc_thresh3=8192
)

prepare_host() {
  install_missing_packages
  modprobe -qa "${HOST_MODULES[@]}" 2>/dev/null || true
  raise_limits
}

install_missing_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  quietly "$LAB_STATE/apt.log" apt-get update
  DEBIAN_FRONTEND=noninteractive quietly "$LAB_STATE/apt.log" \
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"
}

missing_packages() {
  local package
  for package in "${HOST_PACKAGES[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || say "$package"
  done
}

# quietly LOG COMMAND...: its output goes to the log, whose end is shown when it fails.
quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1 </dev/null 9>&-; then
    tail -n 20 "$log" >&2
    die "failed: $*" "the whole log: $log"
  fi
}

# Only ever upwards; what stood there before is noted, for `down`.
raise_limits() {
  local limit key wanted before
  for limit in "${HOST_LIMITS[@]}"; do
    key=${limit%%=*} wanted=${limit#*=}
    before=$(sysctl -n "$key" 2>/dev/null) || continue
    [ "$before" -lt "$wanted" ] || continue
    say "$key=$before" >>"$LAB_STATE/limits"
    sysctl -qw "$limit"
  done
}

restore_limits() {
  [ -e "$LAB_STATE/limits" ] || return 0
  # The oldest note of a key is the true one: an interrupted `down` may have been followed by an `up`.
  tac "$LAB_STATE/limits" | xargs -r -n1 sysctl -qw || true
  rm -f "$LAB_STATE/limits"
}
