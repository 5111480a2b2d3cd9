package io.tidescope.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Finds repositories and refs by name, among those that whoever asks may see: the others are not
 * there, and finding that out is the same work.
 *
 * <p>Names are looked up in a picture at most a second old; a name that is not in it is looked up
 * afresh. Safe for concurrent use.
 */
public final class RefDirectory {
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    /** It takes milliseconds, unless a publisher has died in the middle of a transaction. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final int MAX_NAMED = 10;

    private final Gateway gateway;
    private final PublishStates publishStates;
    private final RepositoryGlobs visible;
    private final AtomicReference<@Nullable Recent> recent;

    /** For who may see all. */
    public RefDirectory(Gateway gateway, PublishStates publishStates) {
        this(gateway, publishStates, RepositoryGlobs.ALL, new AtomicReference<>());
    }

    private RefDirectory(
            Gateway gateway,
            PublishStates publishStates,
            RepositoryGlobs visible,
            AtomicReference<@Nullable Recent> recent) {
        this.gateway = gateway;
        this.publishStates = publishStates;
        this.visible = visible;
        this.recent = recent;
    }

    /**
     * The same for who may see some repositories; looks up afresh through another gateway.
     *
     * @param anew whether what others saw a moment ago will not do
     */
    public RefDirectory through(Gateway other, RepositoryGlobs theirs, boolean anew) {
        return new RefDirectory(
                other, publishStates, theirs, anew ? new AtomicReference<>() : recent);
    }

    /** A page of the repositories by name, as they are now. */
    public Page<Repository> repositories(PageRequest page, Deadline deadline) {
        RefPicture now = look(deadline).of(visible);
        String after = Places.name(page.after());
        // Behind a name comes the name with the least character appended.
        List<Repository> rest =
                List.copyOf(
                        (after == null ? now.byName() : now.byName().tailMap(after + '\0'))
                                .values());
        return Page.merge(
                new Answers<>(Map.of(0, rest), now.missing(), now.standings()),
                Comparator.comparing(Repository::name, CODE_POINT_ORDER),
                page,
                repository -> List.of(repository.name()));
    }

    /**
     * Refuses a scope that names a repository or, within one, a ref that does not exist.
     *
     * @throws TideScopeException NOT_FOUND naming {@code repository} or {@code ref}
     */
    public void check(Scope scope, Deadline deadline) {
        String repository = scope.repository();
        if (repository != null && !Scope.ALL_REFS.equals(scope.ref())) {
            resolve(repository, scope.ref(), deadline);
        } else if (repository != null) {
            repository(repository, deadline);
        }
    }

    /**
     * The full name of a ref.
     *
     * @param ref full name; null for the repository's default ref
     * @throws TideScopeException NOT_FOUND naming {@code repository} or {@code ref}
     */
    public String resolve(String repository, @Nullable String ref, Deadline deadline) {
        Optional<String> known = find(repository(repository, deadline), ref);
        if (known.isPresent()) {
            return known.get();
        }
        Repository now = repository(look(deadline), repository);
        return find(now, ref).orElseThrow(() -> noRef(now, ref));
    }

    /**
     * Which partitions hold everything of a commit, in the order of what was published till now.
     */
    public Answers<Boolean> revision(String commit, Scope scope, Deadline deadline) {
        PublishedCommit published = PublishedCommit.of(commit, publishStates.statesNow(deadline));
        Answers<List<ReachedRef>> answers = gateway.revision(commit, scope, deadline);
        Map<Integer, Boolean> held = new HashMap<>();
        answers.byPartition()
                .forEach((partition, reached) -> held.put(partition, published.isHeldBy(reached)));
        return new Answers<>(held, answers.missing(), answers.standings());
    }

    /** Whether a publisher has published a commit, or is publishing it, within the scope. */
    public boolean published(String commit, Scope scope) {
        return publishStates.states().stream()
                .filter(state -> contains(scope, state))
                .anyMatch(
                        state ->
                                commit.equals(state.getCommit())
                                        || (state.getProgress() != null
                                                && commit.equals(state.getProgress().getTarget())));
    }

    private static boolean contains(Scope scope, RefState state) {
        if (!scope.covers(state.getRepository())) {
            return false;
        }
        String ref = scope.ref();
        return ref == null
                ? state.getDefaultRef()
                : ref.equals(Scope.ALL_REFS) || ref.equals(state.getRef());
    }

    private Repository repository(String name, Deadline deadline) {
        Recent known = recent.get();
        if (known != null && !known.until().passed()) {
            Repository repository = find(known.picture(), name);
            if (repository != null) {
                return repository;
            }
        }
        return repository(look(deadline), name);
    }

    private @Nullable Repository find(RefPicture picture, String name) {
        return visible.matches(name) ? picture.byName().get(name) : null;
    }

    private Repository repository(RefPicture picture, String name) {
        Repository repository = find(picture, name);
        if (repository != null) {
            return repository;
        }
        throw TideScopeException.about(
                ErrorCode.NOT_FOUND,
                "repository",
                "There is no repository '%s' in the index; /api/v1/repositories lists those there are."
                        .formatted(name));
    }

    private static Optional<String> find(Repository repository, @Nullable String ref) {
        Optional<IndexedRef> found =
                ref == null
                        ? repository.defaultRef()
                        : repository.refs().stream()
                                .filter(known -> known.ref().equals(ref))
                                .findFirst();
        return found.map(IndexedRef::ref);
    }

    private static TideScopeException noRef(Repository repository, @Nullable String ref) {
        String known =
                repository.refs().stream()
                        .map(IndexedRef::ref)
                        .limit(MAX_NAMED)
                        .collect(Collectors.joining(", "));
        return TideScopeException.about(
                ErrorCode.NOT_FOUND,
                "ref",
                ref == null
                        ? "Repository %s has no default ref in the index; name one, such as %s."
                                .formatted(repository.name(), known)
                        : "Repository %s has no ref '%s' in the index, but %s."
                                .formatted(repository.name(), ref, known));
    }

    private RefPicture look(Deadline deadline) {
        RefPicture now =
                RefPicture.of(
                        gateway.ask(new ListRefs(deadline)),
                        statesNow(deadline),
                        gateway.partitions().size());
        recent.set(new Recent(now, Deadline.in(MAX_AGE)));
        return now;
    }

    /** States a moment old are better than no picture at all. */
    private Collection<RefState> statesNow(Deadline deadline) {
        Duration rest = deadline.remaining();
        try {
            return publishStates.statesNow(
                    Deadline.in(rest.compareTo(PATIENCE) < 0 ? rest : PATIENCE));
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return publishStates.states();
        }
    }

    private record Recent(RefPicture picture, Deadline until) {}
}
