package io.tidescope.query.api;

import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;
import io.tidescope.store.query.RepositoryGlobs;

import java.util.List;

/**
 * A question that the API answers under a path.
 *
 * @param input where its parameters stand
 * @param path below the API's root, such as {@code /symbols}
 * @param parameters all it takes
 * @param answer computes what is written as JSON
 */
public record Endpoint(Input input, String path, List<Parameter<?>> parameters, Answer answer) {
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
}
