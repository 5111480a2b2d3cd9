package io.tidescope.query.api;

import io.tidescope.query.Gateway;
import io.tidescope.query.PublishStates;
import io.tidescope.query.RefDirectory;
import io.tidescope.query.RevisionBarrier;
import io.tidescope.query.request.Arguments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What queries begin with: waiting until the partitions they ask are as new as they want them,
 * starting their clock, and finding what they are about. What they ask then is bound to be as new.
 */
public final class QueryStart {
    private final Gateway gateway;
    private final RefDirectory refs;
    private final RevisionBarrier barrier;
    private final Duration timeout;

    private QueryStart(
            Gateway gateway, RefDirectory refs, RevisionBarrier barrier, Duration timeout) {
        this.gateway = gateway;
        this.refs = refs;
        this.barrier = barrier;
        this.timeout = timeout;
    }

    /**
     * For queries of one store.
     *
     * @param timeout how long an answer may take, the wait for a revision not counted
     */
    public static QueryStart over(
            StoreClient store, PublishStates publishStates, Duration timeout) {
        Gateway gateway = new Gateway(store);
        return new QueryStart(
                gateway,
                new RefDirectory(gateway, publishStates),
                new RevisionBarrier(store, publishStates, ApiLimits.MAX_WAITING),
                timeout);
    }

    /**
     * A query under way.
     *
     * @param gateway and {@code refs}: whom to ask
     */
    public record Begun(Gateway gateway, RefDirectory refs, Deadline deadline) {}

    /** A query about repositories and refs that are there. */
    public record Scoped(Gateway gateway, Scope scope, Deadline deadline) {}

    /** A query about one ref that is there, by its full name. */
    public record OnRef(Gateway gateway, String repository, String ref, Deadline deadline) {}

    /** For a query about all that is in the scope, or about nothing in it. */
    public Begun begin(Arguments arguments, Scope scope) {
        return begin(arguments, scope, gateway.partitions());
    }

    /** For a query that takes {@code repository} and {@code ref} and asks all partitions. */
    public Scoped scoped(Arguments arguments, RepositoryGlobs visible) {
        Scope scope = ApiParameters.scope(arguments, visible);
        Begun begun = begin(arguments, scope);
        begun.refs().check(scope, begun.deadline());
        // A repository that was found may be seen: its answers are the same for everybody.
        Scope found =
                scope.repository() == null ? scope : new Scope(scope.repository(), scope.ref());
        return new Scoped(begun.gateway(), found, begun.deadline());
    }

    /** For a query about all files of a ref. */
    OnRef onRef(Arguments arguments, RepositoryGlobs visible) {
        return onRef(arguments, visible, gateway.partitions());
    }

    /** For a query about a file. */
    public OnRef onRef(Arguments arguments, RepositoryGlobs visible, String path) {
        String repository = arguments.read(ApiParameters.ONE_REPOSITORY);
        return onRef(arguments, visible, Set.of(gateway.partition(repository, path)));
    }

    private OnRef onRef(Arguments arguments, RepositoryGlobs visible, Set<Integer> partitions) {
        String repository = arguments.read(ApiParameters.ONE_REPOSITORY);
        Scope scope = ApiParameters.scope(arguments, visible);
        Begun begun = begin(arguments, scope, partitions);
        String ref = begun.refs().resolve(repository, scope.ref(), begun.deadline());
        return new OnRef(begun.gateway(), repository, ref, begun.deadline());
    }

    private Begun begin(Arguments arguments, Scope scope, Set<Integer> partitions) {
        Map<Integer, Long> positions =
                ApiParameters.bound(arguments)
                        .map(bound -> barrier.await(bound, scope, partitions))
                        .orElse(Map.of());
        Gateway told = scope.visible().isAll() ? gateway : gateway.withoutLags();
        ReadBound readBound = new ReadBound(arguments.read(ApiParameters.CONSISTENCY), positions);
        Gateway bound = told.within(readBound);
        return new Begun(
                bound,
                refs.through(bound, scope.visible(), !readBound.equals(ReadBound.AVAILABLE)),
                Deadline.in(timeout));
    }
}
