package io.tidescope.query.admin;

import io.tidescope.query.api.Accepted;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Text;

import java.util.List;

/** Replays of the log into a new index. */
final class ReplayEndpoints {
    private static final String NAME = "replay";

    /** Offsets of all partitions that there may be. */
    private static final int MAX_LENGTH = 32_768;

    private static final Parameter<String> FROM = Parameter.required("from", new Text(MAX_LENGTH));

    private final ReplayControl replays;

    ReplayEndpoints(ReplayControl replays) {
        this.replays = replays;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery(
                        NAME, List.of(), arguments -> ReplayAnswer.of(replays.status())),
                Endpoint.ofAdminBody(
                        NAME,
                        List.of(FROM),
                        arguments ->
                                new Accepted(
                                        ReplayAnswer.of(replays.begin(arguments.read(FROM))))));
    }
}
