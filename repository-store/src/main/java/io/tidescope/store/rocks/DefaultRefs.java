package io.tidescope.store.rocks;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Scope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ref of each repository a question means that names none: the one whose marker last said
 * that it is the default. A repository of which no marker has said so counts with all its refs, so
 * that a first import can be searched before it is complete.
 *
 * <p>One thread writes, any number read.
 */
final class DefaultRefs {
    private final Map<String, Choice> byRepository = new ConcurrentHashMap<>();

    private record Choice(String ref, Instant since) {}

    void see(RevisionMarker marker) {
        RefKey ref = new RefKey(marker.getRepository(), marker.getRef());
        if (marker.getCommit() == null || !marker.getDefaultRef()) {
            forget(ref);
            return;
        }
        Instant at = marker.getPublishedAtMillis();
        Choice chosen = byRepository.get(ref.repository());
        if (chosen == null || chosen.ref().equals(ref.ref()) || !at.isBefore(chosen.since())) {
            byRepository.put(ref.repository(), new Choice(ref.ref(), at));
        }
    }

    void forget(RefKey ref) {
        Choice chosen = byRepository.get(ref.repository());
        if (chosen != null && chosen.ref().equals(ref.ref())) {
            byRepository.remove(ref.repository());
        }
    }

    /** The one ref of a repository that is in scope; empty when all are. */
    Optional<String> wanted(Scope scope, String repository) {
        String ref = scope.ref();
        if (ref == null) {
            Choice chosen = byRepository.get(repository);
            return chosen == null ? Optional.empty() : Optional.of(chosen.ref());
        }
        return ref.equals(Scope.ALL_REFS) ? Optional.empty() : Optional.of(ref);
    }

    boolean covers(Scope scope, RefKey ref) {
        return matches(scope.repository(), ref.repository())
                && wanted(scope, ref.repository()).map(ref.ref()::equals).orElse(true);
    }

    private static boolean matches(@Nullable String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
