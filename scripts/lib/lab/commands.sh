# shellcheck shell=bash
# One function per command.


cmd_up() {
  local count=${1:-} image='' repository=false boot=true
  [[ $count =~ ^[1-9][0-9]*$ ]] || usage_error "up needs the number of Pis: scripts/lab up 3"
  [ "$count" -le 200 ] || usage_error "at most 200 Pis fit into the lab's network"
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --image) image=${2:?--image needs a file} && shift 2 ;;
      --image=*) image=${1#*=} && shift ;;
      --card-size) CARD_SIZE=${2:-} && shift 2 ;;
      --card-size=*) CARD_SIZE=${1#*=} && shift ;;
      --docker-repository) repository=true && shift ;;
      --no-boot) boot=false && shift ;;
      *) usage_error "up does not know $1" ;;
    esac
  done
  [[ $CARD_SIZE =~ ^[1-9][0-9]*[MG]$ ]] || usage_error "--card-size takes a size such as 4G or 900M"
  take_lock
  refuse_second_lab
  trap 'sweep_after_failure' EXIT
  trap 'exit 130' INT TERM HUP
  sweep
  note_settings
  prepare_host
  say "$CARD_SIZE" >"$LAB_STATE/card-size"
  take_image "$image"
  [ "$repository" = false ] || repository_tree
  network_up
  flash_cards "$count"
  [ "$boot" = false ] || boot_all "$count"
  trap - EXIT
}

refuse_second_lab() {
  local name
  for name in $(pi_names); do
    pi_is_off "$name" || die "the lab is up already" "scripts/lab list shows it; scripts/lab down ends it"
  done
}

sweep_after_failure() {
  local code=$?
  trap '' INT TERM HUP
  say "lab: cleaning up" >&2
  sweep
  exit "$code"
}

# take_image FILE: a copy, so that building the next image does not change the one in use. Without a file the base
# image, which has no agent.
take_image() {
  local image=$1
  if [ -z "$image" ]; then
    base_image
    image=$BASE_IMAGE
  fi
  [ -f "$image" ] || die "no such image: $image" "--image takes what swarmctl image build has made"
  cp --sparse=always --reflink=auto "$image" "$IMAGE"
}

# flash_cards COUNT: of boards that are new.
flash_cards() {
  local names=() name i started
  for ((i = 1; i <= $1; i++)); do names+=("pi$i"); done
  for name in "${names[@]}"; do pi_create "$name"; done
  network_reload
  started=$(now)
  cards_flash "${names[@]}"
  say "flashed $1 $([ "$1" -eq 1 ] && say card || say cards) in $(seconds_since "$started") s"
}

boot_all() {
  local names name
  mapfile -t names < <(pi_names)
  for name in "${names[@]}"; do power_on "$name"; done
  wait_for_boot "${names[@]}"
}

# wait_for_boot NAME...: one line per Pi as it comes up; fails when one does not.
wait_for_boot() {
  local waiting=("$@") name still started deadline
  started=$(now)
  deadline=$((SECONDS + 60 + 3 * $#))
  while [ ${#waiting[@]} -gt 0 ]; do
    still=()
    for name in "${waiting[@]}"; do
      pi_is_on "$name" && [ "$SECONDS" -lt "$deadline" ] || did_not_boot "$name" "$started"
      if pi_is_up "$name"; then
        say "$name booted in $(seconds_since "$started") s ($(pi_serial "$name"), $(pi_model "$name"), $(pi_network_address "$name"))"
      else
        still+=("$name")
      fi
    done
    waiting=("${still[@]}")
    sleep 0.1
  done
}

did_not_boot() {
  die "$1 did not boot in $(seconds_since "$2") s; the end of its console:" "$(tail -n 20 "$PIS/$1/console.log")"
}

cmd_exec() {
  known_pi "${1:-}"
  [ $# -gt 1 ] || usage_error "exec needs a command: scripts/lab exec $1 systemctl status"
  pi_run "$@"
}

cmd_logs() {
  local name=${1:-}
  known_pi "$name"
  shift
  [ $# -gt 0 ] || cat "$PIS/$name/console.log"
  if pi_is_on "$name"; then
    pi_run "$name" journalctl --no-pager "$@"
  else
    take_lock
    with_card "$name" journalctl --no-pager -D "$PIS/$name/root/var/log/journal" "$@"
  fi
}

cmd_power_cut() {
  known_pi "${1:-}"
  take_lock
  power_off "$1"
}

cmd_boot() {
  local names=() name wait=true
  while [ $# -gt 0 ]; do
    case $1 in
      --no-wait) wait=false ;;
      -*) usage_error "boot does not know $1" ;;
      *) known_pi "$1" && names+=("$1") ;;
    esac
    shift
  done
  [ ${#names[@]} -gt 0 ] || known_pi
  take_lock
  for name in "${names[@]}"; do
    pi_is_off "$name" || die "$name is on already" "scripts/lab power-cut $name"
  done
  for name in "${names[@]}"; do power_on "$name"; done
  [ "$wait" = false ] || wait_for_boot "${names[@]}"
}

cmd_link() {
  known_pi "${1:-}"
  take_lock
  case ${2:-} in
    up) rm -f "$PIS/$1/unplugged" ;;
    down) touch "$PIS/$1/unplugged" ;;
    *) usage_error "link takes up or down: scripts/lab link $1 down" ;;
  esac
  pi_is_off "$1" || ip link set "$(cable "$1")" "$2"
}

cmd_reflash() {
  known_pi "${1:-}"
  take_lock
  power_off "$1"
  cards_flash "$1"
  [[ ${2:-} =~ ^(|--no-boot)$ ]] || usage_error "reflash does not know $2"
  [ -z "${2:-}" ] || return 0
  power_on "$1"
  wait_for_boot "$1"
}

cmd_down() {
  take_lock
  sweep
}

# sweep: whatever state the lab is in, afterwards there is none. The card stays, for the next `up`.
sweep() (
  recall_settings
  for name in $(pi_names); do
    power_off "$name"
    card_eject "$name"
    rm -rf --one-file-system "${PIS:?}/$name"
  done
  end_noted_process "$LAB_STATE/build.pid" KILL
  network_down
  restore_limits
  rm -rf --one-file-system "$PIS" "$SITE" "$REPOSITORY" "$IMAGE" "$LAB_STATE"/{card-size,settings,*.log,apt.conf,fill.err}
)
