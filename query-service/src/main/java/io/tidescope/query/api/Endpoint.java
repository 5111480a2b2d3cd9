package io.tidescope.query.api;

import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;
import io.tidescope.store.query.RepositoryGlobs;

import java.util.List;
import java.util.function.Function;

/**
 * A question that the API answers under a path.
 *
 * @param input where its parameters stand
 * @param path below the API's root, such as {@code /symbols}
 * @param parameters all it takes
 * @param answer computes what is written as JSON
 */
public record Endpoint(Input input, String path, List<Parameter<?>> parameters, Answer answer) {
    /** What the paths begin with that only whoever runs the index may ask. */
    private static final String ADMIN = "/admin/";

    /** Where a request has its parameters, and so which method it is of. */
    public enum Input {
        /** In the query string of a GET. */
        QUERY,
        /** In a JSON object, the body of a POST. */
        BODY
    }

    /** Answers a question. */
    @FunctionalInterface
    public interface Answer {
        /**
         * @param visible repositories that whoever asks may see; the answer is as if there were no
         *     others
         * @throws io.tidescope.schemas.TideScopeException why there is none
         */
        Object to(Arguments arguments, RepositoryGlobs visible);
    }

    static Endpoint ofQuery(String path, List<Parameter<?>> parameters, Answer answer) {
        return new Endpoint(Input.QUERY, path, parameters, answer);
    }

    static Endpoint ofBody(String path, List<Parameter<?>> parameters, Answer answer) {
        return new Endpoint(Input.BODY, path, parameters, answer);
    }

    /**
     * A question for whoever runs the index, and may see all of it.
     *
     * @param name what follows {@code /admin/} in its path
     */
    public static Endpoint ofAdminQuery(
            String name, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.QUERY, ADMIN + name, parameters, ofAll(answer));
    }

    /** The same with a body, for what does something or takes much to say. */
    public static Endpoint ofAdminBody(
            String name, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {
        return new Endpoint(Input.BODY, ADMIN + name, parameters, ofAll(answer));
    }

    /** Whoever runs the index sees all of it. */
    private static Answer ofAll(Function<Arguments, Object> answer) {
        return (arguments, _) -> answer.apply(arguments);
    }

    /** Whether it is for whoever runs the index. */
    public boolean isAdmin() {
        return path.startsWith(ADMIN);
    }
}
