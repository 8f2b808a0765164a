package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The known ways in which the Docker engine refuses, or does not start, told by its words; the first that fits counts. */
enum DockerTrouble {
    NO_QUORUM(
            "does not have a leader|context deadline exceeded|code = DeadlineExceeded|quorum",
            "the swarm has lost most of its managers",
            "bring the other managers back",
            true),
    CLOCK(
            "certificate has expired or is not yet valid|x509: certificate is not valid",
            "a certificate of the swarm is not valid by this node's clock",
            "let the node reach a time server; a node that was off for 90 days has to join again",
            true),
    WRONG_TOKEN(
            "invalid join token|remote CA does not match fingerprint|join token",
            "the swarm does not take the join token",
            "nothing to do: the controller sends the present one",
            true),
    NO_ADDRESS(
            "could not find the system's IP address|could not choose an IP address|must specify a listening address"
                    + "|interface .* has",
            "the engine cannot use the advertise address",
            "correct swarm.advertiseInterface in the fleet's policy",
            true),
    POOL_OVERLAPS(
            "[Pp]ool overlaps|invalid CIDR|subnet",
            "the engine cannot use the swarm's address pools",
            "correct swarm.addressPools in the fleet's policy",
            false),
    LOCKED(
            "Swarm is encrypted and needs to be unlocked",
            "the swarm is locked",
            "run 'docker swarm unlock' on it",
            true),
    LAST_MANAGER(
            "last manager of the swarm|loss of quorum",
            "the swarm would lose its managers",
            "make another node a manager first",
            true),
    NOT_REACHABLE(
            "connection refused|no route to host|i/o timeout|network is unreachable|code = Unavailable",
            "a manager of the swarm cannot be reached",
            "let the nodes reach each other on ports 2377/tcp, 7946/tcp and udp, 4789/udp",
            true),
    IPTABLES(
            "ip_tables not found|can't initialize iptables table|iptables.*[Tt]able does not exist"
                    + "|TABLE_ADD failed|failed to (create|initialize).*NAT chain",
            "the kernel lacks the tables that iptables wants",
            "run 'update-alternatives --set iptables /usr/sbin/iptables-nft' on the node",
            true),
    NO_SPACE("no space left on device", "the card is full", "make room on the card, or use a larger one", true),
    CGROUPS(
            "[Dd]evices cgroup isn't mounted|cgroup mountpoint does not exist",
            "the kernel's control groups are not set up",
            "reboot the node; if that does not help, use a current Raspberry Pi OS",
            true),
    STORAGE(
            "error initializing graphdriver|failed to mount overlay",
            "the engine cannot use its storage",
            "remove /var/lib/docker on the node if nothing in it is needed, or flash the card anew",
            true);

    private static final Pattern TOKEN = Pattern.compile("SWMTKN-[0-9A-Za-z-]+");

    private final Pattern signs;
    private final String problem;
    private final String remedy;
    private final boolean retryable;

    DockerTrouble(String signs, String problem, String remedy, boolean retryable) {
        this.signs = Pattern.compile(signs);
        this.problem = problem;
        this.remedy = remedy;
        this.retryable = retryable;
    }

    static Optional<DockerTrouble> in(List<String> words) {
        return Arrays.stream(values())
                .filter(trouble -> words.stream()
                        .anyMatch(line -> trouble.signs.matcher(line).find()))
                .findFirst();
    }

    /** What to throw when the engine answered with these words. */
    static MachineException refusal(String said) {
        String words = TOKEN.matcher(said).replaceAll("(token)");
        Failure failure = in(List.of(words))
                .map(trouble -> trouble.failure(" (" + words + ")"))
                .orElseGet(() -> new Failure("the Docker engine refuses: " + words, "see what it says", true));
        return MachineException.of(failure);
    }

    Failure failure(String detail) {
        return new Failure(problem + detail, remedy, retryable);
    }
}
