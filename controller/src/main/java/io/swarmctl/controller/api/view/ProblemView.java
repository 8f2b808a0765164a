package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not answered (RFC 9457).
 *
 * @param remedy what to do instead; may be empty
 * @param problems all that is wrong with a fleet file; null for other requests
 */
@Json
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String remedy,
        @Nullable List<LineProblem> problems) {

    /** Something wrong in a text. {@code line} and {@code column} count from 1; 0: nowhere in particular. */
    @Json
    public record LineProblem(int line, int column, String problem, String remedy) {}
}
