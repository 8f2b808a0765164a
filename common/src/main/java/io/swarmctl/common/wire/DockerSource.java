package io.swarmctl.common.wire;

/** The kinds of places that Docker engines come from. */
public enum DockerSource {
    /** Debian's own package docker.io. */
    DEBIAN,
    /** An apt repository laid out as Docker's: key at gpg, suites by codename, component stable. */
    REPOSITORY,
    /** A directory of .deb files on the node. */
    DIRECTORY
}
