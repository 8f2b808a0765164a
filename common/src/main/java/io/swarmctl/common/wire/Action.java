package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/** One change to a machine, as data. Applying it twice is harmless. Secrets in it are sealed to the node. */
@Json(typeProperty = "type")
@Json.SubType(type = Action.CreateUser.class, name = "create-user")
@Json.SubType(type = Action.SetPassword.class, name = "set-password")
@Json.SubType(type = Action.LockPassword.class, name = "lock-password")
@Json.SubType(type = Action.SetAuthorizedKeys.class, name = "set-authorized-keys")
@Json.SubType(type = Action.AddToGroup.class, name = "add-to-group")
@Json.SubType(type = Action.SetSsh.class, name = "set-ssh")
@Json.SubType(type = Action.SetHostname.class, name = "set-hostname")
@Json.SubType(type = Action.RepairPackages.class, name = "repair-packages")
@Json.SubType(type = Action.RefreshPackageIndex.class, name = "refresh-package-index")
@Json.SubType(type = Action.UpgradePackages.class, name = "upgrade-packages")
@Json.SubType(type = Action.EnableMemoryCgroup.class, name = "enable-memory-cgroup")
@Json.SubType(type = Action.AddDockerRepository.class, name = "add-docker-repository")
@Json.SubType(type = Action.FetchDockerPackages.class, name = "fetch-docker-packages")
@Json.SubType(type = Action.InstallDocker.class, name = "install-docker")
@Json.SubType(type = Action.StartDocker.class, name = "start-docker")
@Json.SubType(type = Action.FoundSwarm.class, name = "found-swarm")
@Json.SubType(type = Action.JoinSwarm.class, name = "join-swarm")
@Json.SubType(type = Action.LeaveSwarm.class, name = "leave-swarm")
@Json.SubType(type = Action.DemoteSwarmNode.class, name = "demote-swarm-node")
@Json.SubType(type = Action.ForgetSwarmNode.class, name = "forget-swarm-node")
@Json.SubType(type = Action.RecoverSwarm.class, name = "recover-swarm")
public sealed interface Action {
    /** What is done, in a few words for people. */
    String title();

    record CreateUser(String name) implements Action {
        @Override
        public String title() {
            return "create user " + name;
        }
    }

    record SetPassword(String user, String sealedHash) implements Action {
        @Override
        public String title() {
            return "set the password of " + user;
        }
    }

    record LockPassword(String user) implements Action {
        @Override
        public String title() {
            return "lock the password of " + user;
        }
    }

    record SetAuthorizedKeys(String user, List<String> keys) implements Action {
        public SetAuthorizedKeys {
            keys = Absent.list(keys);
        }

        @Override
        public String title() {
            return "give " + user + " " + keys.size() + (keys.size() == 1 ? " SSH key" : " SSH keys");
        }
    }

    record AddToGroup(String user, String group) implements Action {
        @Override
        public String title() {
            return "add " + user + " to group " + group;
        }
    }

    record SetSsh(boolean enabled) implements Action {
        @Override
        public String title() {
            return enabled ? "open SSH" : "close SSH";
        }
    }

    record SetHostname(String name) implements Action {
        @Override
        public String title() {
            return "set hostname " + name;
        }
    }

    /** Ends what an interrupted dpkg began. */
    record RepairPackages() implements Action {
        @Override
        public String title() {
            return "repair interrupted packages";
        }
    }

    record RefreshPackageIndex() implements Action {
        @Override
        public String title() {
            return "refresh the package index";
        }
    }

    record UpgradePackages() implements Action {
        @Override
        public String title() {
            return "upgrade packages";
        }
    }

    /** Asks for memory cgroups on the kernel command line; takes effect with a reboot. */
    record EnableMemoryCgroup() implements Action {
        @Override
        public String title() {
            return "enable memory cgroups";
        }
    }

    record AddDockerRepository(String location) implements Action {
        @Override
        public String title() {
            return "add Docker's apt repository";
        }
    }

    /**
     * Gets Docker's packages from the controller, to be installed as if the card had come with them.
     *
     * @param index the SHA-256 of apt's index of them, in hexadecimal digits
     */
    record FetchDockerPackages(String index) implements Action {
        @Override
        public String title() {
            return "fetch Docker's packages from the controller";
        }
    }

    record InstallDocker(DockerSource source, String location) implements Action {
        @Override
        public String title() {
            return "install Docker";
        }
    }

    record StartDocker() implements Action {
        @Override
        public String title() {
            return "start Docker and enable it at boot";
        }
    }

    /** {@code docker swarm init}. */
    record FoundSwarm(
            String fleetId, long founderEpoch, String advertiseAddress, List<String> addressPools, int subnetSize)
            implements Action {
        public FoundSwarm {
            addressPools = Absent.list(addressPools);
        }

        @Override
        public String title() {
            return "found the swarm";
        }
    }

    /** {@code docker swarm init --force-new-cluster} on a manager: it goes on with its swarm, alone. */
    record RecoverSwarm(String fleetId, long founderEpoch, String clusterId, String advertiseAddress)
            implements Action {
        @Override
        public String title() {
            return "recover the swarm";
        }
    }

    /** {@code docker swarm join}. */
    record JoinSwarm(
            Membership membership, String clusterId, List<String> managers, String sealedToken, String advertiseAddress)
            implements Action {
        public JoinSwarm {
            managers = Absent.list(managers);
        }

        @Override
        public String title() {
            return switch (membership) {
                case MANAGER -> "join the swarm as manager";
                case WORKER -> "join the swarm as worker";
            };
        }
    }

    /** {@code docker swarm leave --force}. */
    record LeaveSwarm(String clusterId) implements Action {
        @Override
        public String title() {
            return "leave the swarm";
        }
    }

    record DemoteSwarmNode(String swarmNodeId, String hostname) implements Action {
        @Override
        public String title() {
            return "make " + hostname + " a worker of the swarm";
        }
    }

    record ForgetSwarmNode(String swarmNodeId, String hostname) implements Action {
        @Override
        public String title() {
            return "remove " + hostname + " from the swarm's list";
        }
    }
}
