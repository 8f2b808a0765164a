package io.swarmctl.controller.image.flash;

/**
 * A mounted file system.
 *
 * @param number of its device; of a file system without one (as btrfs has it) {@code 0:...}
 * @param source the kernel's name of its device, as {@code sda2}; empty without one
 * @param point where, as it is seen by whoever has it mounted
 * @param elsewhere who that is, in words, when it is not this process; empty otherwise
 */
public record Mount(String number, String source, String point, String elsewhere) {
    public boolean isHere() {
        return elsewhere.isEmpty();
    }

    boolean holds(String path) {
        return point.equals("/") || path.equals(point) || path.startsWith(point + "/");
    }

    boolean isSystem() {
        return switch (point) {
            case "/", "/boot", "/etc", "/home", "/usr", "/var" -> true;
            default -> point.startsWith("/boot/");
        };
    }
}
