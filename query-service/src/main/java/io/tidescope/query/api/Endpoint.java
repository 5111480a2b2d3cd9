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
    /** What the paths begin with that only whoever runs the index may ask. */
    private static final String ADMIN = "/admin/";

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

    /**
     * A question for whoever runs the index.
     *
     * @param name what follows {@code /admin/} in its path
     */
    public static Endpoint ofAdminQuery(
            String name, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.QUERY, ADMIN + name, parameters, answer);
    }

    /** The same with a body, for what does something or takes much to say. */
    public static Endpoint ofAdminBody(
            String name, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.BODY, ADMIN + name, parameters, answer);
    }

    /** Whether it is for whoever runs the index. */
    public boolean isAdmin() {
        return path.startsWith(ADMIN);
    }
}
