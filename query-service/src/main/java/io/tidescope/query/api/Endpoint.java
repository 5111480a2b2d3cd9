package io.tidescope.query.api;

import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;

import java.util.List;
import java.util.function.Function;

/**
 * A question that the API answers under a path.
 *
 * @param path below the API's root, such as {@code /symbols}
 * @param parameters all it takes
 * @param answer computes what is written as JSON; throws {@link
 *     io.tidescope.schemas.TideScopeException}
 */
public record Endpoint(
        String path, List<Parameter<?>> parameters, Function<Arguments, Object> answer) {}
