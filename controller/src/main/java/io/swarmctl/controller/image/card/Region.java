package io.swarmctl.controller.image.card;

/**
 * Where nodes stand, and what their keyboards are like; empty: as the image has it.
 *
 * @param timezone as {@code Europe/Berlin}
 * @param locale as {@code de_DE.UTF-8}
 * @param keyboard an XKB layout, as {@code de}
 */
public record Region(String timezone, String locale, String keyboard) {
    public static final Region AS_IT_IS = new Region("", "", "");
}
