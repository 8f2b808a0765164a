package io.swarmctl.agent.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Docker engine of which only the swarm is there. Its fields are guarded by itself: the test and its server use them. */
final class FakeEngine implements AutoCloseable {
    static final String CLUSTER = "9iyjggukas1j9hpnbkknw5816";
    static final String NODE = "n94js1chmqlalw66mnlbmieen";
    private static final String PING =
            "HTTP/1.0 200 OK\r\nApi-Version: 1.41\r\nServer: Docker/20.10.24+dfsg1 (linux)\r\n\r\nOK";
    private static final Pattern LABEL = Pattern.compile("\"(io\\.swarmctl\\.\\w+)\":\"([^\"]*)\"");

    final List<String> requests = new ArrayList<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    /** Nodes besides this one: id to role; a demoted manager keeps its status for a while. */
    final Map<String, String> others = new LinkedHashMap<>();

    String state = "inactive";
    boolean manager;
    String error = "";
    private String data = "/var/lib/docker";
    /** The power goes away after the swarm was made and before its labels are written. */
    boolean losesPowerWhileFounding;
    /** What a join is answered, when it is not taken at once. */
    String joinRefusal = "";
    /** How often the state is asked before a pending join comes to its end. */
    int pendingFor;

    int statusOutlivesDemotionBy;
    int outOfSequence;

    private final FileTree tree;
    private final UnixServer server;

    FakeEngine(FileTree tree) throws IOException {
        this.tree = tree;
        tree.write("var/lib/docker/swarm/tasks.db", "");
        this.server = new UnixServer(tree.layout().dockerSocket(), this::answer);
    }

    private synchronized String answer(String method, String path, String body) {
        requests.add(method + " " + path);
        return switch (method + " " + path.replaceAll("[?].*", "").replaceAll("/nodes/.*", "/nodes/ID")) {
            case "GET /_ping" -> PING;
            case "GET /info" -> UnixServer.answer(200, info());
            case "GET /swarm" -> UnixServer.answer(200, cluster());
            case "GET /nodes" -> UnixServer.answer(200, "[" + String.join(",", nodes()) + "]");
            case "GET /nodes/ID" -> node(path.substring("/nodes/".length()));
            case "POST /nodes/ID" -> update(path, body);
            case "DELETE /nodes/ID" -> forget(path);
            case "POST /swarm/init" -> init(body);
            case "POST /swarm/join" -> join();
            case "POST /swarm/leave" -> leave();
            default -> refuse(404, "page not found");
        };
    }

    private static String refuse(int status, String message) {
        return UnixServer.answer(status, "{\"message\":\"" + message + "\"}\n");
    }

    private String info() {
        if (state.equals("pending") && pendingFor-- <= 0) {
            become(false);
        }
        String swarm = "{\"NodeID\":\"" + (state.equals("active") ? NODE : "") + "\",\"NodeAddr\":\"10.77.0.11\","
                + "\"LocalNodeState\":\"" + state + "\",\"ControlAvailable\":" + manager + ",\"Error\":\"" + error
                + "\",\"RemoteManagers\":null"
                + (manager ? ",\"Nodes\":" + (1 + others.size()) + ",\"Cluster\":" + cluster() : "") + "}";
        return "{\"ID\":\"OXIA\",\"Containers\":0,\"DockerRootDir\":\"" + data + "\",\"Swarm\":" + swarm + "}";
    }

    private String cluster() {
        StringBuilder all = new StringBuilder();
        labels.forEach(
                (name, value) -> all.append(all.length() == 0 ? "" : ",").append("\"" + name + "\":\"" + value + "\""));
        return "{\"ID\":\"" + CLUSTER + "\",\"Spec\":{\"Name\":\"default\",\"Labels\":{" + all + "}},"
                + "\"JoinTokens\":{\"Worker\":\"SWMTKN-1-w\",\"Manager\":\"SWMTKN-1-m\"}}";
    }

    private List<String> nodes() {
        List<String> all = new ArrayList<>(List.of(describe(NODE, "manager")));
        others.forEach((id, role) -> all.add(describe(id, role)));
        return all;
    }

    private String describe(String id, String role) {
        boolean manages = role.equals("manager") || (role.equals("demoted") && statusOutlivesDemotionBy-- > 0);
        return "{\"ID\":\"" + id + "\",\"Version\":{\"Index\":17},\"Spec\":{\"Labels\":{\"a\":\"b\"},\"Role\":\""
                + (role.equals("demoted") ? "worker" : role) + "\",\"Availability\":\"active\"},"
                + "\"Description\":{\"Hostname\":\"pi-" + id + "\"},\"Status\":{\"State\":\"ready\"}"
                + (manages ? ",\"ManagerStatus\":{\"Leader\":true,\"Reachability\":\"reachable\"}" : "") + "}";
    }

    private String node(String id) {
        String role = others.get(id);
        return role == null ? refuse(404, "node " + id + " not found") : UnixServer.answer(200, describe(id, role));
    }

    private String update(String path, String body) {
        if (outOfSequence-- > 0) {
            return refuse(500, "rpc error: code = Unknown desc = update out of sequence");
        }
        if (!path.endsWith("/update?version=17") || !body.contains("\"Labels\":{\"a\":\"b\"}")) {
            return refuse(400, "invalid node spec");
        }
        others.put(path.replaceAll("/nodes/(\\w+)/.*", "$1"), body.contains("\"worker\"") ? "demoted" : "manager");
        return UnixServer.answer(200, "");
    }

    private String forget(String path) {
        String id = path.replaceAll("/nodes/(\\w+).*", "$1");
        return others.remove(id) == null ? refuse(404, "node " + id + " not found") : UnixServer.answer(200, "");
    }

    private String init(String body) {
        boolean goesOnAlone = manager && body.contains("\"ForceNewCluster\":true");
        if (!state.equals("inactive") && !goesOnAlone) {
            return refuse(503, "This node is already part of a swarm.");
        }
        become(true);
        error = "";
        if (losesPowerWhileFounding) {
            losesPowerWhileFounding = false;
            return "";
        }
        Matcher label = LABEL.matcher(body);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return UnixServer.answer(200, "\"" + NODE + "\"\n");
    }

    private String join() {
        if (!joinRefusal.isEmpty()) {
            state = joinRefusal.startsWith("Timeout") ? "pending" : "inactive";
            return refuse(500, joinRefusal);
        }
        become(false);
        return UnixServer.answer(200, "");
    }

    private String leave() {
        state = "inactive";
        manager = false;
        tree.delete("var/lib/docker/swarm/docker-state.json");
        error = "";
        labels.clear();
        tree.delete("var/lib/docker/swarm/certificates/swarm-node.crt");
        tree.delete("var/lib/docker/swarm/io.swarmctl.founding");
        return UnixServer.answer(200, "");
    }

    synchronized void become(boolean asManager) {
        state = "active";
        manager = asManager;
        tree.write("var/lib/docker/swarm/docker-state.json", "{}");
        tree.write("var/lib/docker/swarm/certificates/swarm-node.crt", SwarmCertificate.PEM);
    }

    /** It is a manager by data that lies in another place than before. */
    synchronized void becomeElsewhere() {
        data = "/srv/docker";
        state = "active";
        manager = true;
    }

    synchronized List<String> asked(String what) {
        return requests.stream().filter(request -> request.startsWith(what)).toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
