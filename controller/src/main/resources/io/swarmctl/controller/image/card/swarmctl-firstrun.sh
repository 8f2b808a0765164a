#!/bin/sh
# The first boot of a card that swarmctl has made: installs the agent, and takes its own traces off the boot partition.
#
# The kernel's command line (systemd.run=) has this run before the rest of the system, while there is no network yet;
# afterwards the boot goes on. The power may fail at any line: then the next boot runs it again, by the same way or, once
# that is closed, as a service; whatever was done already is done again without harm, and the end is the same. It never
# fails, so that another script on the command line gets its turn: Raspberry Pi Imager adds one, called firstrun.sh.
set -u

# In tests a directory that stands for the card's root.
root=${SWARMCTL_FIRSTRUN_ROOT:-}
boot=$root/boot/firmware
state=$root/var/lib/swarmctl-firstrun
home=$root/opt/swarmctl
units=$root/etc/systemd/system

script=/boot/firmware/swarmctl-firstrun.sh
payload=$boot/swarmctl-payload.deb
secrets=$boot/swarmctl-secrets.tar
log=$boot/swarmctl-firstrun.log

# Whether another script has its turn after this one, and then boots again; and whether what was settled takes a boot.
others=no
takes_boot=no

main() {
    umask 022
    open_log
    say "swarmctl: first boot${1:+, once more}"
    can_go_on || say "cannot write to the system's partition"
    lock_accounts
    disarm || end_for_good
    if [ -e "$state/installed" ] || install; then
        clean
        say "done"
    fi
    if [ -n "${1:-}" ]; then
        start swarm-agent.service
    else
        go_on
    fi
}

# All that this is run before. It costs a board half a minute to boot once more, so that is only done for what is read at
# no other time.
go_on() {
    if [ "$others" = yes ]; then
        return
    elif [ "$takes_boot" = yes ]; then
        systemctl --no-block reboot
    else
        set -- "$(usual_target)"
        # That may have been read before it wanted the agent.
        [ ! -e "$state/installed" ] || set -- swarm-agent.service "$@"
        start "$@"
    fi
}

# Not systemd's own answer: it gives the one that this boot was told to reach by the kernel's command line.
usual_target() {
    for target in "$units" "$root/usr/lib/systemd/system" "$root/lib/systemd/system"; do
        [ -L "$target/default.target" ] || continue
        basename "$(readlink "$target/default.target")"
        return
    done
    echo multi-user.target
}

# start UNIT...: in a system that has read its units before ours were there. One that it has not, it looks for when it is
# asked for it; to read all of them again takes a board a second.
start() {
    systemctl --no-block start "$@" && return
    systemctl daemon-reload
    systemctl --no-block start "$@"
}

# Of a card that is started again and again, only the beginning is of interest.
open_log() {
    exec 3>/dev/null
    if [ ! -f "$log" ] || [ "$(wc -c <"$log")" -lt 65536 ]; then
        : 2>/dev/null >>"$log" && exec 3>>"$log"
    fi
}

say() {
    echo "$*"
    echo "$(cut -d ' ' -f 1 /proc/uptime) $*" >&3
}

# write_down PARTITION: what was written to it so far is on the card. Of other file systems nothing is waited for.
write_down() { sync -f "$1"; }

# mark STEP: it need not, or must not, be done again.
mark() {
    mkdir -p "$state"
    : >"$state/$1"
}

# limited COMMAND...: tells what it says, and how it failed; never waits for ever.
limited() {
    timeout 600 "$@" </dev/null >&3 2>&1 || say "$1 failed: $?"
}

# From here on a boot that is cut short is gone on with, whatever the command line says.
can_go_on() {
    mkdir -p "$home" "$units/multi-user.target.wants" || return 1
    if [ -f "$root$script" ]; then
        cp "$root$script" "$home/firstrun.sh.new" && mv -f "$home/firstrun.sh.new" "$home/firstrun.sh" || return 1
    fi
    cat >"$units/swarmctl-firstrun.service.new" <<'UNIT' || return 1
[Unit]
Description=swarmctl: finish the first boot
ConditionPathExists=/boot/firmware/swarmctl-payload.deb
Before=NetworkManager.service ssh.service swarm-agent.service

[Service]
Type=oneshot
ExecStart=/bin/sh /opt/swarmctl/firstrun.sh again
TimeoutStartSec=30min

[Install]
WantedBy=multi-user.target
UNIT
    mv -f "$units/swarmctl-firstrun.service.new" "$units/swarmctl-firstrun.service" || return 1
    ln -sf ../swarmctl-firstrun.service "$units/multi-user.target.wants/swarmctl-firstrun.service" || return 1
    write_down "$root/"
}

# No account keeps a password that everybody knows. Once only: whoever comes later may set one.
lock_accounts() {
    [ ! -e "$state/locked" ] || return 0
    shadow=$root/etc/shadow
    if [ -f "$shadow" ] && cp -p "$shadow" "$shadow.swarmctl" &&
        sed -e 's/^\([^:]*\)::/\1:!:/' -e 's/^\([^:]*\):[^!*:][^:]*:/\1:!:/' "$shadow" >"$shadow.swarmctl"; then
        mv -f "$shadow.swarmctl" "$shadow"
    else
        say "cannot lock the accounts of this system"
    fi
    skip_wizard
    mark locked
}

# Raspberry Pi OS asks for a first user on the screen, and waits for the answer.
skip_wizard() {
    user=$(sed -n 's/^\([^:]*\):[^:]*:1000:.*/\1/p' "$root/etc/passwd" | head -n 1)
    if [ -n "$user" ] && [ -x "$root/usr/lib/userconf-pi/userconf" ]; then
        limited "$root/usr/lib/userconf-pi/userconf" "$user" '!'
    fi
}

# Takes this script off the command line; what others have put there stays.
disarm() {
    line=$(cat "$boot/cmdline.txt" 2>/dev/null)
    case " $line " in
        *" systemd.run=$script "*) ;;
        *) return 0 ;;
    esac
    without_us "$line"
    [ -n "$kept" ] || return 1
    echo "$kept" >"$boot/cmdline.new" || return 1
    write_down "$boot"
    mv -f "$boot/cmdline.new" "$boot/cmdline.txt" || return 1
    write_down "$boot"
}

# without_us LINE: sets kept, and whether there are others.
without_us() {
    set -f
    for word in $1; do
        case $word in
            "systemd.run=$script") ;;
            systemd.run=*) others=yes ;;
        esac
    done
    kept=''
    for word in $1; do
        case $word in
            "systemd.run=$script") continue ;;
            systemd.run_success_action=* | systemd.run_failure_action=* | systemd.unit=kernel-command-line.target)
                [ "$others" = yes ] || continue
                ;;
        esac
        kept="$kept${kept:+ }$word"
    done
    set +f
}

# A boot partition that cannot be written would have this run for ever.
end_for_good() {
    say "cannot write to the boot partition: is the card worn out? flash another one"
    systemctl --no-block poweroff
    exit 1
}

install() {
    if [ ! -f "$payload" ] || [ ! -f "$secrets" ]; then
        say "the agent's files are missing or damaged: flash the card again"
        return 1
    fi
    # Where the clock is years behind, tar would warn of each file: they are from the future there.
    if ! dpkg-deb --extract "$payload" "$root/" ||
        ! tar -xf "$secrets" -C "$root/" --warning=no-timestamp; then
        if dpkg-deb --fsys-tarfile "$payload" >/dev/null; then
            say "cannot unpack the agent's files: is the card large enough?"
        else
            say "the agent's files are missing or damaged: flash the card again"
        fi
        return 1
    fi
    settle
    settle_user
    ln -sf ../swarm-agent.service "$units/multi-user.target.wants/swarm-agent.service"
    write_down "$root/"
    # The secrets are wiped after this, so it has to be on the card, too.
    mark installed
    write_down "$root/"
}

settle() {
    timezone='' locale='' keyboard='' ssh=no
    while IFS='=' read -r key value; do
        case $key in
            timezone) timezone=$value ;;
            locale) locale=$value ;;
            keyboard) keyboard=$value ;;
            ssh) ssh=$value ;;
        esac
    done <"$home/firstrun.conf"
    [ -z "$timezone" ] || settle_timezone
    [ -z "$locale" ] || settle_locale
    [ -z "$keyboard" ] || settle_keyboard
    settle_ssh
    settle_wifi
    settle_cloud_init
}

# The fleet's first user, so that there is a way in before the node is enrolled; later the agent finds it as it is to be.
settle_user() {
    [ -f "$home/user/name" ] || return 0
    user=$(cat "$home/user/name")
    make_user
    entry=$(grep "^$user:" "$root/etc/passwd" 2>/dev/null | head -n 1)
    id=$(echo "$entry" | cut -d : -f 3)
    if [ -z "$entry" ]; then
        say "there is no user $user"
    elif [ "$id" -gt 0 ] && [ "$id" -lt 1000 ]; then
        say "the name $user belongs to an account of the system"
    else
        [ ! -s "$home/user/password" ] || set_password
        limited usermod --append --groups sudo "$user"
        settle_keys
    fi
    rm -rf "$home/user"
}

# Raspberry Pi OS has a user that is meant to be given another name, and is in groups that matter on a Pi.
make_user() {
    ! grep -q "^$user:" "$root/etc/passwd" || return 0
    case $user in
        *[!a-z0-9-]*) ;;
        *)
            if [ -x "$root/usr/lib/userconf-pi/userconf" ] && grep -q '^[^:]*:[^:]*:1000:' "$root/etc/passwd"; then
                limited "$root/usr/lib/userconf-pi/userconf" "$user" '!'
            fi
            ;;
    esac
    ! grep -q "^$user:" "$root/etc/passwd" || return 0
    if grep -q "^$user:" "$root/etc/group" 2>/dev/null; then
        limited useradd --create-home --shell /bin/bash --gid "$user" "$user"
    else
        limited useradd --create-home --shell /bin/bash "$user"
    fi
}

# Through a file: arguments are for all to see.
set_password() {
    timeout 60 chpasswd --encrypted <"$home/user/password" >&3 2>&1 || say "cannot set the password of $user"
}

settle_keys() {
    [ -s "$home/user/authorized_keys" ] || return 0
    write_keys || say "cannot write the SSH keys of $user"
}

write_keys() {
    owner=$(echo "$entry" | cut -d : -f 3,4)
    ssh_directory=$root$(echo "$entry" | cut -d : -f 6)/.ssh
    mkdir -p "$ssh_directory" &&
        cp "$home/user/authorized_keys" "$ssh_directory/authorized_keys.new" &&
        chmod 700 "$ssh_directory" &&
        chmod 600 "$ssh_directory/authorized_keys.new" &&
        chown "$owner" "$ssh_directory" "$ssh_directory/authorized_keys.new" &&
        mv -f "$ssh_directory/authorized_keys.new" "$ssh_directory/authorized_keys"
}

settle_timezone() {
    if [ ! -e "$root/usr/share/zoneinfo/$timezone" ]; then
        say "this system knows no time zone $timezone"
        return
    fi
    ln -sf "/usr/share/zoneinfo/$timezone" "$root/etc/localtime"
    echo "$timezone" >"$root/etc/timezone"
}

settle_locale() {
    if [ -f "$root/etc/locale.gen" ] && ! grep -q "^$locale " "$root/etc/locale.gen"; then
        echo "$locale UTF-8" >>"$root/etc/locale.gen"
    fi
    ! command -v locale-gen >/dev/null || limited locale-gen
    echo "LANG=$locale" >"$root/etc/default/locale"
    takes_boot=yes
}

settle_keyboard() {
    cat >"$root/etc/default/keyboard" <<EOF
XKBMODEL="pc105"
XKBLAYOUT="$keyboard"
XKBVARIANT=""
XKBOPTIONS=""
BACKSPACE="guess"
EOF
    takes_boot=yes
}

# Afterwards the fleet's policy has the say.
settle_ssh() {
    for unit in ssh.service ssh.socket; do
        if [ ! -e "$root/usr/lib/systemd/system/$unit" ] && [ ! -e "$root/lib/systemd/system/$unit" ]; then
            continue
        elif [ "$ssh" != yes ]; then
            # As it is on published images; disabling it again would look through all of the old init scripts.
            case $(systemctl is-enabled "$unit" 2>/dev/null) in
                disabled | masked) ;;
                *) limited systemctl disable "$unit" ;;
            esac
        elif [ "$unit" = ssh.service ]; then
            limited systemctl enable "$unit"
        fi
    done
}

# Published images have their radio switched off.
settle_wifi() {
    [ -e "$root/etc/NetworkManager/system-connections/swarmctl-wifi.nmconnection" ] || return 0
    rm -f "$root/var/lib/NetworkManager/NetworkManager.state"
    for radio in "$root"/var/lib/systemd/rfkill/*:wlan; do
        [ ! -e "$radio" ] || echo 0 >"$radio"
    done
    ! command -v rfkill >/dev/null || limited rfkill unblock wifi
}

# It would give the board its old name at every boot.
settle_cloud_init() {
    [ -d "$root/etc/cloud" ] || return 0
    mkdir -p "$root/etc/cloud/cloud.cfg.d"
    printf 'preserve_hostname: true\nmanage_etc_hosts: false\n' >"$root/etc/cloud/cloud.cfg.d/99_swarmctl.cfg"
}

# The secrets are overwritten, for a removed file can be read on. The payload goes last: while it is there, this runs.
clean() {
    if [ -f "$secrets" ]; then
        dd if=/dev/zero of="$secrets" bs=512 count="$(($(wc -c <"$secrets") / 512))" conv=notrunc,fsync 2>/dev/null ||
            say "cannot overwrite the secrets on the boot partition"
        rm -f "$secrets"
    fi
    rm -f "$root$script" "$boot/cmdline.new"
    write_down "$boot"
    rm -f "$payload"
    write_down "$boot"
}

main "$@"
exit 0
