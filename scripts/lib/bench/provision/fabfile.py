"""From blank Pis to a swarm, by Fabric: all Pis at once, a thread for each. BENCH_FABRIC names a file with the settings."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

from fabric import Connection, task

with open(os.environ["BENCH_FABRIC"]) as file:
    SETTINGS = json.load(file)
HOSTS = SETTINGS["hosts"]


def name_of(host):
    return "pi-%03d" % (int(host.rsplit(".", 1)[1]) - SETTINGS["first"] + 1)


def prepare(c):
    name = name_of(c.host)
    c.run(f"echo 'pi:{SETTINGS['password_hash']}' | sudo chpasswd --encrypted", hide=True)
    c.sudo(rf"sed -i 's/^127\.0\.1\.1[[:space:]].*/127.0.1.1\t{name}/' /etc/hosts", hide=True)
    c.sudo(f"hostnamectl set-hostname {name}", hide=True)
    if SETTINGS["install_docker"]:
        c.sudo("apt-get -q -oDPkg::Lock::Timeout=600 update", hide=True)
        c.sudo(
            "env DEBIAN_FRONTEND=noninteractive apt-get -q -y -oDPkg::Lock::Timeout=600 "
            "--no-install-recommends install docker.io",
            hide=True,
        )
    c.sudo("usermod --append --groups docker pi", hide=True)
    c.sudo("systemctl enable --now docker", hide=True)


def is_member(c):
    return c.sudo("docker info --format '{{.Swarm.LocalNodeState}}'", hide=True).stdout.strip() == "active"


def on_all(do, connections):
    """Those on which it went well; a Pi that cannot be reached holds up nobody."""

    def attempt(c):
        try:
            do(c)
            return c
        except Exception as problem:
            print(f"{c.host}: {problem}")
            return None

    with ThreadPoolExecutor(max_workers=max(1, len(connections))) as pool:
        return [c for c in pool.map(attempt, connections) if c is not None]


@task
def provision(_, only=""):
    everyone = [
        Connection(host, user="pi", connect_timeout=10, connect_kwargs={"key_filename": SETTINGS["key"]})
        for host in HOSTS
    ]
    manager = everyone[0]
    chosen = [c for c in everyone if not only or c.host == only]
    good = on_all(prepare, chosen)
    if manager in good and not is_member(manager):
        manager.sudo(
            f"docker swarm init --advertise-addr {manager.host} --default-addr-pool 10.20.0.0/16", hide=True
        )
    token = manager.sudo("docker swarm join-token -q worker", hide=True).stdout.strip()

    def join(c):
        if not is_member(c):
            c.sudo(f"docker swarm join --token {token} --advertise-addr {c.host} {manager.host}:2377", hide=True)

    on_all(join, [c for c in good if c is not manager])
