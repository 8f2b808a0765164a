package io.swarmctl.common.wire;

/** Whether Docker can limit and account memory: off by default on Raspberry Pi kernels. */
public enum MemoryCgroup {
    AVAILABLE,
    /** The kernel command line asks for it, and the running kernel was booted without. */
    AFTER_REBOOT,
    /** Not available, and {@code cmdline.txt} does not ask for it. */
    NOT_ASKED_FOR,
    /** Not available, and there is no {@code cmdline.txt} to ask in. */
    OUT_OF_REACH
}
