# shellcheck shell=bash
# What the lab needs of the machine that runs it: packages, and a few limits that many Pis share.

HOST_PACKAGES=(systemd-container eatmydata mmdebstrap iproute2 iptables dnsmasq-base procps kmod bsdextrautils e2fsprogs
  fdisk dosfstools mtools fusefat)
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
  install_missing "${HOST_PACKAGES[@]}"
  modprobe -qa "${HOST_MODULES[@]}" 2>/dev/null || true
  raise_limits
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
