package io.swarmctl.controller.image.flash;

/**
 * Why a device is not flashed.
 *
 * @param problem a sentence that names the device
 * @param remedy what to do instead
 * @param mistyped whether what was typed makes no sense, whatever the state of the machine
 */
public record Refusal(String problem, String remedy, boolean mistyped) {
    static Refusal mistyped(String problem, String remedy) {
        return new Refusal(problem, remedy, true);
    }

    static Refusal because(String problem, String remedy) {
        return new Refusal(problem, remedy, false);
    }
}
