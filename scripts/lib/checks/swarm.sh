# shellcheck shell=bash
# What the swarm itself says, and whether it does its work.

# check_swarm MANAGERS WORKERS
check_swarm() {
  local manager nodes=$(($1 + $2))
  manager=$(a_manager)
  check "the swarm has $1 reachable managers, one of them the leader" equal "$1" \
    "$(on "$manager" docker node ls --format '{{.ManagerStatus}}' | grep -cxE 'Leader|Reachable')"
  check "the swarm has $2 ready workers" equal "$2" \
    "$(on "$manager" docker node ls --format '{{.Status}} {{.ManagerStatus}}' | grep -cxE 'Ready *')"
  start_service "$manager" "$nodes" || true
  check "a service of $nodes replicas runs on all $nodes Pis" within 90 runs_everywhere "$manager" "$nodes"
  check "its tasks reach each other over an overlay network" within 60 all_reach_all "$nodes"
}

# check_no_ghost NODES: as many as there are Pis, and all of them there.
check_no_ghost() { check "the swarm shows $1 nodes, all ready, and no ghost" within 90 only_ready_nodes "$1"; }

only_ready_nodes() {
  local nodes
  nodes=$(on "$(a_manager)" docker node ls --format '{{.Hostname}} {{.Status}}')
  equal "$1 of $1" "$(awk '$2 == "Ready"' <<<"$nodes" | sort -u | wc -l) of $(wc -l <<<"$nodes")" || { say "$nodes" && return 1; }
}

# check_one_founding: of what all Pis have done since they were flashed.
check_one_founding() {
  local pi
  check "one 'swarm init' stands in all journals" equal 1 \
    "$(for pi in $(pis); do "$ROOT/scripts/lab" logs "$pi" -u swarm-agent -o cat | grep -a 'begin: found the swarm'; done | wc -l)"
  # Only managers know it; what is in their swarm stands in their list of nodes.
  check "all managers are in one swarm" equal 1 \
    "$(for pi in $(pis); do on "$pi" docker info --format '{{with .Swarm.Cluster}}{{.ID}}{{end}}'; done | grep . | sort -u | wc -l)"
}

# A service of one busybox that tells its name. The image is imported on every Pi: there is no registry.
start_service() {
  local pi
  install_missing busybox-static
  for pi in $(pis); do busybox_image | on "$pi" docker import - swarmctl/busybox:lab >>"$LOGS/service.log"; done
  {
    on "$1" docker network create --driver overlay among
    # shellcheck disable=SC2016 # the container's shell
    on "$1" docker service create --detach --name echo --no-resolve-image --network among \
      --endpoint-mode dnsrr --replicas "$2" --replicas-max-per-node 1 swarmctl/busybox:lab \
      /bin/busybox sh -c 'busybox mkdir /www && busybox hostname >/www/index.html && busybox httpd -f -h /www -p 8080'
  } >>"$LOGS/service.log" 2>&1
}

busybox_image() { tar -C / --transform 's,^usr/,,' -c "$(cd / && realpath --relative-to=/ "$(command -v busybox)")"; }

# runs_everywhere MANAGER NODES
runs_everywhere() {
  equal "$2" "$(on "$1" docker service ps echo --filter desired-state=running --format '{{.Node}} {{.CurrentState}}' |
    grep ' Running ' | cut -d' ' -f1 | sort -u | wc -l)"
}

# all_reach_all TASKS: each task asks all for their names, and gets as many different ones.
all_reach_all() {
  local pi addresses
  addresses=$(for pi in $(pis); do overlay_address "$pi"; done)
  for pi in $(pis); do
    # shellcheck disable=SC2086 # words
    equal "$1" "$(names_heard_on "$pi" $addresses | sort -u | wc -l)" || return 1
  done
}

# What the task on this Pi is called in the overlay network, which is its alone and no Pi's.
overlay_address() {
  # shellcheck disable=SC2016 # the Pi's shell
  on "$1" sh -c 'docker inspect --format "{{.NetworkSettings.Networks.among.IPAddress}}" "$(docker ps -q --filter name=echo)"'
}

# names_heard_on PI ADDRESS...
names_heard_on() {
  # shellcheck disable=SC2016 # the Pi's shell
  on "$1" sh -c 'task=$(docker ps -q --filter name=echo)
    for address; do timeout 10 docker exec "$task" /bin/busybox wget -q -O - "http://$address:8080/"; done' sh "${@:2}"
}
