package io.swarmctl.controller.gateway;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import java.util.Map;

/** What really stands on the bus, seen from the member itself. */
final class Members {
    private Members() {}

    static HazelcastInstance named(String cluster) {
        HazelcastInstance member = Hazelcast.getHazelcastInstanceByName(cluster);
        if (member == null) {
            throw new IllegalStateException("no such member");
        }
        return member;
    }

    static int partition(String cluster, String key) {
        return named(cluster).getPartitionService().getPartition(key).getPartitionId();
    }

    static List<String> objects(String cluster) {
        return named(cluster).getDistributedObjects().stream()
                .map(DistributedObject::getName)
                .sorted()
                .toList();
    }

    static Map<String, String> entries(String cluster, String map) {
        return Map.copyOf(named(cluster).<String, String>getMap(map));
    }
}
