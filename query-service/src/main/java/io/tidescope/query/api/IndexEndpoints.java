package io.tidescope.query.api;

import static io.tidescope.query.api.ApiParameters.CURSOR;
import static io.tidescope.query.api.ApiParameters.LIMIT;
import static io.tidescope.query.api.ApiParameters.REPOSITORY;

import io.tidescope.query.PageRequest;
import io.tidescope.query.RefDirectory;
import io.tidescope.query.api.QueryStart.Begun;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.CommitId;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.RefName;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.List;

/** What the index itself is asked about: its size, its repositories, how far it has come. */
final class IndexEndpoints {
    private static final Parameter<String> ANY_REF =
            Parameter.defaulted("ref", new RefName(true), Scope.ALL_REFS);
    private static final Parameter<String> REVISION =
            Parameter.required("revision", new CommitId());

    private final QueryStart start;

    IndexEndpoints(QueryStart start) {
        this.start = start;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofQuery("/status", ApiParameters.with(), this::status),
                Endpoint.ofQuery(
                        "/repositories", ApiParameters.with(LIMIT, CURSOR), this::repositories),
                Endpoint.ofQuery(
                        "/revisions",
                        ApiParameters.with(REPOSITORY, ANY_REF, REVISION),
                        this::revision));
    }

    private StatusAnswer status(Arguments arguments, RepositoryGlobs visible) {
        Scope scope = all(visible);
        Begun query = start.begin(arguments, scope);
        // What partitions know without counting is about all repositories together.
        return visible.isAll()
                ? StatusAnswer.of(query.gateway().statistics(query.deadline()))
                : StatusAnswer.ofSome(query.gateway().countDocuments(scope, query.deadline()));
    }

    private static Scope all(RepositoryGlobs visible) {
        return new Scope(null, Scope.ALL_REFS, visible);
    }

    private ListAnswer<RepositoryItem> repositories(Arguments arguments, RepositoryGlobs visible) {
        PageRequest page = ApiParameters.page("repositories", arguments);
        Begun query = start.begin(arguments, all(visible));
        int partitions = query.gateway().partitions().size();
        return ListAnswer.of(
                query.refs().repositories(page, query.deadline()),
                repository -> RepositoryItem.of(repository, partitions));
    }

    private RevisionAnswer revision(Arguments arguments, RepositoryGlobs visible) {
        String ref = arguments.read(ANY_REF);
        Scope scope = new Scope(arguments.find(REPOSITORY).orElse(null), ref, visible);
        String commit = arguments.read(REVISION);
        Begun query = start.begin(arguments, scope);
        Answers<Boolean> answers = query.refs().revision(commit, scope, query.deadline());
        int partitions = query.gateway().partitions().size();
        int done = (int) answers.byPartition().values().stream().filter(held -> held).count();
        return new RevisionAnswer(
                scope.repository(),
                ref,
                commit,
                Choice.label(state(query.refs(), commit, scope, done, partitions)),
                done,
                partitions,
                answers.complete(),
                MissingPartition.listOf(answers.missing()),
                StalePartition.listOf(answers.standings()));
    }

    private static RevisionState state(
            RefDirectory refs, String commit, Scope scope, int done, int partitions) {
        if (done == partitions) {
            return RevisionState.INDEXED;
        }
        return done > 0 || refs.published(commit, scope)
                ? RevisionState.PENDING
                : RevisionState.UNKNOWN;
    }
}
