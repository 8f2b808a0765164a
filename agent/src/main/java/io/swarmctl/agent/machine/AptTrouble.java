package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The known ways in which apt and dpkg fail on a Pi, told by what they print; the first that fits is the cause. */
enum AptTrouble {
    LOCKED(
            "Could not get lock|Unable to (acquire the|lock )|lock was locked by another process|is locked by another",
            "another program is using apt or dpkg",
            "nothing to do: the agent waits for it; never delete the lock",
            true),
    INTERRUPTED(
            "dpkg was interrupted|you must manually run",
            "dpkg was interrupted in its work",
            "nothing to do: the agent repairs it",
            true),
    NO_SPACE(
            "No space left on device|You don't have enough free space",
            "the card is full",
            "make room on the card, or use a larger one",
            true),
    READ_ONLY(
            "Read-only file system|Input/output error",
            "the card cannot be written",
            "the card is failing: replace it",
            false),
    CLOCK(
            "is not valid yet|[Nn]ot yet valid|not yet activated|Release file for .* is expired",
            "the node's clock is wrong, or the repository is out of date",
            "let the node reach a time server; the agent tries again",
            true),
    CAPTIVE_PORTAL(
            "Clearsigned file isn't valid|The HTML page|text/html",
            "something on the way answers with its own page instead of the repository",
            "log the network in at its portal, or use a network without one",
            true),
    MIRROR_SYNC(
            "Hash Sum mismatch|has unexpected size|[Mm]irror sync in progress|File has unexpected",
            "the mirror is being updated",
            "nothing to do: the agent tries again",
            true),
    KEY_MISSING(
            "NO_PUBKEY|The following signatures couldn't be verified|is not signed|EXPKEYSIG|invalid signature",
            "a repository is not signed by a key that this node knows",
            "add the repository's key on the node, or remove the repository from its sources",
            false),
    SOURCES_CONFLICT(
            "Conflicting values set for option|Malformed (entry|line|stanza)|The list of sources could not be read",
            "the list of package sources contradicts itself",
            "remove the extra file about the same repository from /etc/apt/sources.list.d on the node",
            false),
    NO_NAME(
            "Could not resolve|Temporary failure resolving|Temporary failure in name resolution|Name or service not known",
            "the package server's name cannot be looked up",
            "check the node's network and its name server; the agent tries again",
            true),
    NO_CONNECTION(
            "Could not connect|Cannot initiate the connection|Network is unreachable|[Cc]onnection timed out"
                    + "|Connection refused|Connection failed|No route to host|Unable to connect|Could not handshake",
            "the package server cannot be reached",
            "check the node's way to the internet; the agent tries again",
            true),
    NOT_FOUND(
            "404 +Not Found",
            "the repository does not have what was asked for",
            "check the repository's address and that it has this release; the agent refreshes its index and tries again",
            true),
    NO_ARCHIVE(
            "needs to be reinstalled, but I can't find an archive for it",
            "a package was cut short in its installation, and the package sources do not have it any more",
            "check the node's package sources; the agent refreshes its index and tries again",
            true),
    NO_PACKAGE(
            "Unable to locate package|has no installation candidate|Couldn't find any package|Unsupported file",
            "a package is not known to the node's package sources",
            "check the Docker source in the fleet's policy, and the node's package sources",
            true),
    UNMET(
            "unmet dependencies|have held broken packages|nable to correct problems",
            "packages are needed that cannot be installed together",
            "see what it printed; remove the packages that stand in the way, or flash the card anew",
            true),
    NO_RELEASE(
            "does not have a Release file|no longer has a Release file",
            "the repository has nothing for this release",
            "check the repository's address, and that it has packages for the node's release",
            true),
    MAINTAINER_SCRIPT(
            "Sub-process /usr/bin/dpkg returned an error|error processing (package|archive)",
            "a package could not be set up",
            "see what it printed; the agent repairs and tries again",
            true);

    private final Pattern signs;
    private final String problem;
    private final String remedy;
    private final boolean retryable;

    AptTrouble(String signs, String problem, String remedy, boolean retryable) {
        this.signs = Pattern.compile(signs);
        this.problem = problem;
        this.remedy = remedy;
        this.retryable = retryable;
    }

    /** What went wrong, given what a failed run of apt or dpkg printed; empty when it is none of these. */
    static Optional<AptTrouble> in(List<String> printed) {
        // Lines that apt marks as errors say more than what it tried in between, unless all they say is that dpkg
        // failed.
        Optional<AptTrouble> marked =
                firstIn(printed.stream().filter(AptTrouble::isMarked).toList());
        return marked.filter(trouble -> trouble != MAINTAINER_SCRIPT && trouble != NO_RELEASE)
                .or(() -> firstIn(printed.stream()
                        .filter(line -> !line.startsWith("Waiting for"))
                        .toList()));
    }

    Failure in(String doing) {
        return new Failure("cannot " + doing + ": " + problem, remedy, retryable);
    }

    /** Whether a program that only waits for its turn may succeed by itself in a moment. */
    boolean isAboutTurns() {
        return this == LOCKED;
    }

    /** Whether what came is not what it should be. */
    boolean isAboutDamage() {
        return this == MIRROR_SYNC || this == CAPTIVE_PORTAL;
    }

    /** Whether a newer index may help. */
    boolean isAboutAge() {
        return this == NOT_FOUND || this == NO_ARCHIVE || this == NO_PACKAGE || this == MIRROR_SYNC;
    }

    /** Whether the packages themselves are at fault. */
    boolean isAboutContent() {
        return isAboutAge() || this == UNMET;
    }

    /** Whether another way through the network may help. */
    boolean isAboutTheWay() {
        return this == NO_CONNECTION;
    }

    static boolean isMarked(String line) {
        return line.startsWith("E:")
                || line.startsWith("W:")
                || line.startsWith("Err:")
                || line.startsWith("dpkg: error");
    }

    private static Optional<AptTrouble> firstIn(List<String> lines) {
        return Arrays.stream(values())
                .filter(trouble -> lines.stream()
                        .anyMatch(line -> trouble.signs.matcher(line).find()))
                .findFirst();
    }
}
