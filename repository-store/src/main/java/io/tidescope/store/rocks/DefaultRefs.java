package io.tidescope.store.rocks;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Scope;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which ref of each repository a question means that names none: the one whose marker last said
 * that it is the default. A repository of which no marker has said so counts with all its refs, so
 * that a first import can be searched before it is complete.
 *
 * <p>One thread at a time writes, any number read.
 */
final class DefaultRefs {
    private static final Comparator<Claim> NEWEST_FIRST =
            Comparator.comparing(Claim::since).reversed().thenComparing(Claim::ref);

    /** Never empty lists, the newest claim first. */
    private final Map<String, List<Claim>> byRepository = new ConcurrentHashMap<>();

    /** A ref whose last marker says that it is the default. */
    private record Claim(String ref, Instant since) {}

    void see(RevisionMarker marker) {
        boolean claims = marker.getCommit() != null && marker.getDefaultRef();
        update(
                new RefKey(marker.getRepository(), marker.getRef()),
                claims
                        ? Stream.of(new Claim(marker.getRef(), marker.getPublishedAtMillis()))
                        : Stream.empty());
    }

    void forget(RefKey ref) {
        update(ref, Stream.empty());
    }

    private void update(RefKey ref, Stream<Claim> next) {
        Stream<Claim> others =
                byRepository.getOrDefault(ref.repository(), List.of()).stream()
                        .filter(claim -> !claim.ref().equals(ref.ref()));
        List<Claim> claims = Stream.concat(others, next).sorted(NEWEST_FIRST).toList();
        if (claims.isEmpty()) {
            byRepository.remove(ref.repository());
        } else {
            byRepository.put(ref.repository(), claims);
        }
    }

    /** The one ref of a repository that is in scope; empty when all are. */
    Optional<String> wanted(Scope scope, String repository) {
        String ref = scope.ref();
        if (ref == null) {
            List<Claim> claims = byRepository.get(repository);
            return claims == null ? Optional.empty() : Optional.of(claims.getFirst().ref());
        }
        return ref.equals(Scope.ALL_REFS) ? Optional.empty() : Optional.of(ref);
    }

    boolean covers(Scope scope, RefKey ref) {
        return scope.covers(ref.repository())
                && wanted(scope, ref.repository()).map(ref.ref()::equals).orElse(true);
    }
}
