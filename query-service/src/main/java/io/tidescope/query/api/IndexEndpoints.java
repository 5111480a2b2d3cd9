package io.tidescope.query.api;

import static io.tidescope.query.api.ApiParameters.CURSOR;
import static io.tidescope.query.api.ApiParameters.LIMIT;
import static io.tidescope.query.api.ApiParameters.MIN_REVISION;
import static io.tidescope.query.api.ApiParameters.REPOSITORY;
import static io.tidescope.query.api.ApiParameters.WAIT;

import io.tidescope.query.Gateway;
import io.tidescope.query.PageRequest;
import io.tidescope.query.RefDirectory;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.CommitId;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.RefName;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.List;

/** What the index itself is asked about: its size, its repositories, how far it has come. */
final class IndexEndpoints {
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);
    private static final Parameter<String> ANY_REF =
            Parameter.defaulted("ref", new RefName(true), Scope.ALL_REFS);
    private static final Parameter<String> REVISION =
            Parameter.required("revision", new CommitId());

    private final Gateway gateway;
    private final RefDirectory refs;
    private final QueryStart start;

    IndexEndpoints(Gateway gateway, RefDirectory refs, QueryStart start) {
        this.gateway = gateway;
        this.refs = refs;
        this.start = start;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofQuery("/status", List.of(MIN_REVISION, WAIT), this::status),
                Endpoint.ofQuery(
                        "/repositories",
                        List.of(LIMIT, CURSOR, MIN_REVISION, WAIT),
                        this::repositories),
                Endpoint.ofQuery(
                        "/revisions",
                        List.of(REPOSITORY, ANY_REF, REVISION, MIN_REVISION, WAIT),
                        this::revision));
    }

    private StatusAnswer status(Arguments arguments) {
        return StatusAnswer.of(gateway.statistics(start.begin(arguments, ALL)));
    }

    private ListAnswer<RepositoryItem> repositories(Arguments arguments) {
        PageRequest page = ApiParameters.page("repositories", arguments);
        Deadline deadline = start.begin(arguments, ALL);
        int partitions = gateway.partitions().size();
        return ListAnswer.of(
                refs.repositories(page, deadline),
                repository -> RepositoryItem.of(repository, partitions));
    }

    private RevisionAnswer revision(Arguments arguments) {
        String ref = arguments.read(ANY_REF);
        Scope scope = new Scope(arguments.find(REPOSITORY).orElse(null), ref);
        String commit = arguments.read(REVISION);
        Answers<Boolean> answers = refs.revision(commit, scope, start.begin(arguments, scope));
        int partitions = gateway.partitions().size();
        int done = (int) answers.byPartition().values().stream().filter(held -> held).count();
        return new RevisionAnswer(
                scope.repository(),
                ref,
                commit,
                Choice.label(state(commit, scope, done, partitions)),
                done,
                partitions,
                answers.complete(),
                MissingPartition.listOf(answers.missing()));
    }

    private RevisionState state(String commit, Scope scope, int done, int partitions) {
        if (done == partitions) {
            return RevisionState.INDEXED;
        }
        return done > 0 || refs.published(commit, scope)
                ? RevisionState.PENDING
                : RevisionState.UNKNOWN;
    }
}
