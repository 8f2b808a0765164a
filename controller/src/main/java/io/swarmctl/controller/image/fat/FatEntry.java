package io.swarmctl.controller.image.fat;

/**
 * A file or directory as its directory has it.
 *
 * @param name the long one when there is one
 * @param shortName in the 8.3 form, with its point
 * @param firstCluster 0 when it is empty
 * @param size in bytes; 0 for directories
 * @param slot which of the directory's 32-byte entries holds the short name
 */
public record FatEntry(String name, String shortName, boolean directory, int firstCluster, long size, int slot) {
    /** Names are the same whichever case they are written in. */
    public boolean isCalled(String wanted) {
        return name.equalsIgnoreCase(wanted) || shortName.equalsIgnoreCase(wanted);
    }
}
