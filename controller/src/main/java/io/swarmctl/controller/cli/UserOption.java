package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.FirstUserView;
import io.swarmctl.controller.image.card.CardUser;
import io.swarmctl.controller.image.disk.ImageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the fleet's first user is made in a card's first boot already. */
final class UserOption {
    @Option(
            names = "--no-user",
            description = "Leave out the user that the fleet's policy names: nobody can log in before the node "
                    + "is enrolled.")
    private boolean none;

    /**
     * Null for nobody. The controller remembers who asked.
     *
     * @param api of whom the policy is asked; null without a login
     */
    @Nullable
    CardUser read(@Nullable Api api) throws CliException {
        if (none || api == null) {
            return null;
        }
        FirstUserView user = Api.read(api.send("POST", "/fleet/user"), FirstUserView.class);
        try {
            return user.name().isEmpty() ? null : CardUser.of(user.name(), user.passwordHash(), user.sshKeys());
        } catch (ImageException e) {
            throw new CliException(String.valueOf(e.getMessage()), e.remedy(), e);
        }
    }
}
