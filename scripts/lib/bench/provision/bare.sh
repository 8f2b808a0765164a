# shellcheck shell=bash
# A script that lies on each card and starts once the card is customized, in all Pis at once: no tool, no network but
# apt's and the swarm's own. It is the limit of this machine.

# prepare CASE COUNT IMAGE
prepare() {
  custom_card "$1" "$3" "systemctl enable bare"
  CASE=$1 with_root "$3" put_bare
}

put_bare() {
  local root=$1
  install -m 755 "$WAYS/steps" "$root/usr/local/sbin/steps"
  cat >"$root/usr/local/sbin/bare" <<EOF
#!/bin/bash
set -eu
export HASH='$PASSWORD_HASH'
ADDRESS=\$(ip -4 -o address show dev eth0 | sed -E 's,.* inet ([0-9.]+)/.*,\1,')
NUMBER=\$((\${ADDRESS##*.} - $((FIRST_ADDRESS - 1))))
FIRST=$(pi_address 1)
NAME=\$(printf 'pi-%03d' "\$NUMBER")
export ADDRESS NAME FIRST TOKEN=
steps password name $([ "$CASE" = card ] || echo docker) group engine
if [ "\$NUMBER" = 1 ]; then
  steps init
  docker swarm join-token -q worker >/run/token
  systemctl start token.socket
else
  # Who has the token tells it to who asks.
  until read -r TOKEN <"/dev/tcp/\$FIRST/7000"; do sleep 0.2; done 2>/dev/null
  steps join
fi
EOF
  chmod 755 "$root/usr/local/sbin/bare"
  cat >"$root/etc/systemd/system/bare.service" <<'EOF'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
ExecStart=/usr/local/sbin/bare

[Install]
WantedBy=multi-user.target
EOF
  echo 'disable bare.service' >"$root/etc/systemd/system-preset/10-bare.preset"
  printf '[Socket]\nListenStream=7000\nAccept=yes\n' >"$root/etc/systemd/system/token.socket"
  printf '[Service]\nExecStart=/bin/cat /run/token\nStandardOutput=socket\n' >"$root/etc/systemd/system/token@.service"
}

# start COUNT ALL: it has begun with the boot.
start() { :; }

# again NUMBER: nothing, either: the card knows what to do.
again() { :; }

finish() { :; }
