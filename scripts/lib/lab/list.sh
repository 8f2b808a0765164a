# shellcheck shell=bash
# What there is, for people and for programs.

cmd_list() {
  local format=table
  case "$*" in
    "" | "-o table") ;;
    "-o json") format=json ;;
    *) usage_error "list takes -o table or -o json" ;;
  esac
  "list_$format"
}

list_table() {
  local name
  {
    say "NAME|SERIAL|MODEL|STATE|ADDRESS|UPTIME"
    for name in $(pi_names); do
      if pi_is_on "$name"; then
        say "$name|$(pi_serial "$name")|$(pi_model "$name")|running|$(pi_network_address "$name" || true)|$(pi_uptime "$name" || true) s"
      else
        say "$name|$(pi_serial "$name")|$(pi_model "$name")|off||"
      fi
    done
  } | column -t -s '|'
}

list_json() {
  local name separator='' state
  printf '['
  for name in $(pi_names); do
    state=off
    ! pi_is_on "$name" || state=running
    printf '%s\n  {"name":"%s","serial":"%s","model":"%s","mac":"%s","state":"%s","address":"%s","poweredOnAt":%s,"uptimeSeconds":%s,"linkUp":%s}' \
      "$separator" "$name" "$(pi_serial "$name")" "$(pi_model "$name")" "$(pi_mac "$name")" "$state" \
      "$(pi_network_address "$name" || true)" \
      "$([ "$state" = off ] && echo null || pi_powered_on_at "$name")" "$(pi_uptime "$name" || echo null)" \
      "$([ -e "$PIS/$name/unplugged" ] && echo false || echo true)"
    separator=,
  done
  printf '\n]\n'
}
