package io.swarmctl.agent.machine;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.util.List;

/**
 * What the Docker engine answered. A refusal becomes an exception only when the reply is used as if it were none.
 *
 * @param server how the engine calls itself, as {@code Docker/27.5.1 (linux)}; empty when it does not say
 */
record EngineReply(int status, String server, String body) {
    private static final Jsonb JSONB = Jsonb.builder().build();

    boolean ok() {
        return status < 400;
    }

    /** What the engine says is wrong; empty when nothing is. */
    String problem() {
        if (ok()) {
            return "";
        }
        try {
            return parse(EngineJson.Problem.class).message();
        } catch (MachineException notAsEnginesSpeak) {
            return body.strip();
        }
    }

    void orThrow() throws MachineException {
        if (!ok()) {
            throw DockerTrouble.refusal(problem());
        }
    }

    <T> T as(Class<T> type) throws MachineException {
        orThrow();
        return parse(type);
    }

    <T> List<T> asListOf(Class<T> type) throws MachineException {
        orThrow();
        try {
            return JSONB.type(type).list().fromJson(body);
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            throw incomprehensible(e);
        }
    }

    static <T> String write(T value, Class<T> type) {
        return JSONB.type(type).toJson(value);
    }

    private <T> T parse(Class<T> type) throws MachineException {
        try {
            T value = JSONB.type(type).fromJson(body);
            if (value != null) {
                return value;
            }
            throw incomprehensible(new IllegalStateException("it is empty"));
        } catch (JsonException | IllegalStateException | NullPointerException e) {
            throw incomprehensible(e);
        }
    }

    private static MachineException incomprehensible(RuntimeException cause) {
        return new MachineException(
                "the Docker engine's answer is not understood: " + cause.getMessage(),
                "nothing to do unless it happens again; then update the agent",
                true,
                cause);
    }

    /** Says nothing of the body: it may hold join tokens. */
    @Override
    public String toString() {
        return "EngineReply[" + status + "]";
    }
}
