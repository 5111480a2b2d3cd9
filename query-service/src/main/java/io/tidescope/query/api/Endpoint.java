package io.tidescope.query.api;

import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;

import java.util.List;
import java.util.function.Function;

/**
 * A question that the API answers under a path.
 *
 * @param input where its parameters stand
 * @param path below the API's root, such as {@code /symbols}
 * @param parameters all it takes
 * @param answer computes what is written as JSON; throws {@link
 *     io.tidescope.schemas.TideScopeException}
 */
public record Endpoint(
        Input input,
        String path,
        List<Parameter<?>> parameters,
        Function<Arguments, Object> answer) {
    /** Where a request has its parameters, and so which method it is of. */
    public enum Input {
        /** In the query string of a GET. */
        QUERY,
        /** In a JSON object, the body of a POST. */
        BODY
    }

    static Endpoint ofQuery(
            String path, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.QUERY, path, parameters, answer);
    }

    static Endpoint ofBody(
            String path, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.BODY, path, parameters, answer);
    }
}
