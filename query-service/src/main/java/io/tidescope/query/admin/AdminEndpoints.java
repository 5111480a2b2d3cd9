package io.tidescope.query.admin;

import io.tidescope.query.api.Endpoint;
import io.tidescope.query.api.QueryStart;

import java.util.List;
import java.util.stream.Stream;

/** All that is asked below {@code /admin}. */
public final class AdminEndpoints {
    private AdminEndpoints() {}

    /**
     * The endpoints, in the order they are told in.
     *
     * @param start what questions to the store begin with
     * @param journal of the requests that are answered here
     */
    public static List<Endpoint> all(
            QueryStart start, RequestJournal journal, AdminSources sources) {
        return Stream.of(
                        new JournalEndpoints(journal).all(),
                        new ProcessEndpoints(sources.lag()).all(),
                        new NodeEndpoints(sources.nodes(), sources.cache()).all(),
                        new SourceEndpoints(sources.parser()).all(),
                        new StoreEndpoints(start, sources.nodes()).all(),
                        new MaintenanceEndpoints(sources.nodes()).all(),
                        new ReplayEndpoints(sources.replays()).all())
                .flatMap(List::stream)
                .toList();
    }
}
