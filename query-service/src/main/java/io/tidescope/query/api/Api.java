package io.tidescope.query.api;

import io.tidescope.tree.match.PatternReader;

import java.util.List;
import java.util.stream.Stream;

/** All questions of the API over one store. */
public final class Api {
    private Api() {}

    /**
     * The endpoints, in the order they are told in.
     *
     * @param patterns reads the patterns of structural searches
     */
    public static List<Endpoint> endpoints(QueryStart start, PatternReader patterns) {
        return Stream.of(
                        new IndexEndpoints(start).all(),
                        new SearchEndpoints(start).all(),
                        new DocumentEndpoint(start).all(),
                        List.of(new StructureEndpoint(start, patterns).endpoint()))
                .flatMap(List::stream)
                .toList();
    }
}
