package io.swarmctl.controller.image.card;

import io.swarmctl.controller.image.disk.ImageException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The user whom a card's first boot makes, so that there is a way in before the node is enrolled.
 *
 * @param passwordHash as {@code crypt(5)} has it, or one that no password gives; a secret
 * @param sshKeys one line each
 */
public record CardUser(String name, String passwordHash, List<String> sshKeys) {
    /** What useradd takes, and no shell takes for anything else. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private static final Pattern HASH = Pattern.compile("[!*]|[!-9;-~]{13,512}");

    public CardUser {
        sshKeys = List.copyOf(sshKeys);
    }

    /** @throws ImageException when the script on the card could not make such a user */
    public static CardUser of(String name, String passwordHash, List<String> sshKeys) throws ImageException {
        boolean keysAreLines =
                sshKeys.stream().noneMatch(key -> key.isBlank() || key.chars().anyMatch(Character::isISOControl));
        if (!NAME.matcher(name).matches() || !HASH.matcher(passwordHash).matches() || !keysAreLines) {
            throw new ImageException(
                    "the fleet's first user cannot be put onto cards",
                    "correct user in fleet.yaml: name, passwordHash, sshKeys; or leave it out with --no-user");
        }
        return new CardUser(name, passwordHash, sshKeys);
    }

    /** For chpasswd. */
    String chpasswdLine() {
        return name + ":" + passwordHash + "\n";
    }

    String authorizedKeys() {
        return sshKeys.isEmpty() ? "" : String.join("\n", sshKeys) + "\n";
    }

    @Override
    public String toString() {
        return "CardUser[" + name + "]";
    }
}
