package io.tidescope.recovery.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which backups are old enough to go. Pure. */
final class Retention {
    private Retention() {}

    /**
     * Those that no moment of the last days needs any more, in the order to remove them in: none
     * before those that build on it.
     *
     * <p>A full one and what builds on it go together, once the next full one is older than that:
     * every moment since can then be restored without. The newest full one always stays.
     *
     * @param manifests all there are, in their order
     */
    static List<Long> outdated(List<Manifest> manifests, Duration kept, Instant now) {
        Instant limit = now.minus(kept);
        Manifest needed = null;
        for (Manifest manifest : manifests) {
            if (manifest.kind() == Manifest.Kind.FULL
                    && (needed == null || !manifest.createdAt().isAfter(limit))) {
                needed = manifest;
            }
        }
        if (needed == null) {
            return List.of();
        }
        Manifest first = needed;
        Set<Long> gone = new HashSet<>();
        for (Manifest manifest : manifests) {
            Long parent = manifest.parent();
            boolean old =
                    manifest.kind() == Manifest.Kind.FULL
                            ? manifest.id() < first.id()
                            : gone.contains(parent);
            if (old) {
                gone.add(manifest.id());
            }
        }
        return gone.stream().sorted(Comparator.reverseOrder()).toList();
    }
}
