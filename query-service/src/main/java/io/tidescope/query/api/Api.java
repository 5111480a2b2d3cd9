package io.tidescope.query.api;

import io.tidescope.query.Gateway;
import io.tidescope.query.PublishStates;
import io.tidescope.query.RefDirectory;
import io.tidescope.query.RevisionBarrier;
import io.tidescope.store.query.StoreClient;
import io.tidescope.tree.match.PatternReader;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All questions of the API over one store. */
public final class Api {
    private Api() {}

    /**
     * The endpoints, in the order they are told in.
     *
     * @param patterns reads the patterns of structural searches
     * @param timeout how long an answer may take, the wait for a revision not counted
     */
    public static List<Endpoint> endpoints(
            StoreClient store,
            PublishStates publishStates,
            PatternReader patterns,
            Duration timeout) {
        Gateway gateway = new Gateway(store);
        RefDirectory refs = new RefDirectory(gateway, publishStates);
        RevisionBarrier barrier = new RevisionBarrier(store, publishStates, ApiLimits.MAX_WAITING);
        QueryStart start = new QueryStart(gateway, refs, barrier, timeout);
        return Stream.of(
                        new IndexEndpoints(start).all(),
                        new SearchEndpoints(start).all(),
                        new DocumentEndpoint(start).all(),
                        List.of(new StructureEndpoint(start, patterns).endpoint()))
                .flatMap(List::stream)
                .toList();
    }
}
