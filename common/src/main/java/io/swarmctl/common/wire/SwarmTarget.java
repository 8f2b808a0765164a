package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/** Where a node is to stand towards the swarm. */
@Json(typeProperty = "type")
@Json.SubType(type = SwarmTarget.Outside.class, name = "outside")
@Json.SubType(type = SwarmTarget.Hold.class, name = "hold")
@Json.SubType(type = SwarmTarget.Found.class, name = "found")
@Json.SubType(type = SwarmTarget.Join.class, name = "join")
@Json.SubType(type = SwarmTarget.Member.class, name = "member")
@Json.SubType(type = SwarmTarget.Recover.class, name = "recover")
public sealed interface SwarmTarget {

    /** In no swarm of this fleet: the node leaves it if it is in one. */
    record Outside() implements SwarmTarget {}

    /** Has a role, and its turn to join has not come: the node stays as it is. */
    record Hold(String reason) implements SwarmTarget {
        public Hold {
            Absent.required(reason, "reason");
        }
    }

    /**
     * The one node that runs {@code swarm init}.
     *
     * @param founderEpoch raised whenever a person has a founder replaced
     * @param addressPools networks in CIDR form for overlay networks; empty: Docker's default
     * @param subnetSize prefix length of each overlay network, used when {@code addressPools} is given
     */
    record Found(long founderEpoch, List<String> addressPools, int subnetSize) implements SwarmTarget {
        public Found {
            addressPools = Absent.list(addressPools);
        }
    }

    /**
     * The one manager that goes on, alone, with a swarm that has lost most of its managers: services, workers and the
     * swarm's id stay, and other managers that come back join it by themselves.
     *
     * @param founderEpoch the swarm's label from then on; that it is there tells that this is done
     */
    record Recover(long founderEpoch, String clusterId) implements SwarmTarget {
        public Recover {
            Absent.required(clusterId, "clusterId");
        }
    }

    /**
     * It is this node's turn to join.
     *
     * @param managers addresses to try, {@code host:port}
     * @param sealedToken the swarm's join token for this membership, sealed to the node
     */
    record Join(Membership membership, String clusterId, List<String> managers, String sealedToken)
            implements SwarmTarget {
        public Join {
            Absent.required(membership, "membership");
            Absent.required(clusterId, "clusterId");
            managers = Absent.list(managers);
            Absent.required(sealedToken, "sealedToken");
        }
    }

    /** In the swarm, and to stay so. {@code chores} is work for the swarm that needs a manager. */
    record Member(Membership membership, String clusterId, List<Chore> chores) implements SwarmTarget {
        public Member {
            Absent.required(membership, "membership");
            Absent.required(clusterId, "clusterId");
            chores = Absent.list(chores);
        }
    }
}
