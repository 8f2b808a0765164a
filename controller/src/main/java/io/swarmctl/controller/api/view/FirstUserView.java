package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The first user of every node. Holds a secret, for admins alone.
 *
 * @param name empty when the policy wants no user
 * @param passwordHash as {@code crypt(5)} has it
 */
@Json
public record FirstUserView(String name, String passwordHash, List<String> sshKeys) {
    public FirstUserView {
        sshKeys = List.copyOf(sshKeys);
    }

    @Override
    public String toString() {
        return "FirstUserView[" + name + "]";
    }
}
