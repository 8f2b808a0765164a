package io.swarmctl.controller.gateway.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has been said on one connection, and so what may come next. */
final class Conversation {
    private final List<Rule> rules;
    private final Map<Rule, Integer> said = new HashMap<>();
    private boolean authenticated;

    Conversation(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * The rules that a message of that type may keep to.
     *
     * @throws ViolationException when it may not come now, or never
     */
    List<Rule> rulesFor(int type, String name) throws ViolationException {
        List<Rule> possible = rules.stream().filter(rule -> rule.type() == type).toList();
        if (possible.isEmpty()) {
            throw new ViolationException(type, name, "not on the list");
        }
        if (authenticated == (type == AllowList.AUTHENTICATION)) {
            throw new ViolationException(
                    type, name, authenticated ? "a second authentication" : "before any authentication");
        }
        return possible;
    }

    void hear(Rule rule, String name) throws ViolationException {
        int times = said.merge(rule, 1, Integer::sum);
        if (times > rule.most()) {
            throw new ViolationException(rule.type(), name, "more than " + rule.most() + " times on one connection");
        }
        authenticated = true;
    }
}
