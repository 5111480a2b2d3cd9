package io.tidescope.recovery.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time that any moment of can be restored: from a full backup to the newest one that
 * builds on it.
 *
 * @param chain numbers of the backups, the full one first
 * @param begin when the full one was begun: of what came before, documents may have been compacted
 *     away
 * @param end when what the newest one holds was looked at
 */
public record Window(List<Long> chain, Instant begin, Instant end) {
    public Window {
        chain = List.copyOf(chain);
    }

    /** Of all backups, in their order. */
    public static List<Window> of(List<Manifest> manifests) {
        List<Window> windows = new ArrayList<>();
        for (Manifest full : manifests) {
            if (full.kind() == Manifest.Kind.FULL) {
                List<Long> chain = new ArrayList<>(List.of(full.id()));
                Manifest last = full;
                for (Optional<Manifest> next = child(manifests, last);
                        next.isPresent();
                        next = child(manifests, last)) {
                    last = next.get();
                    chain.add(last.id());
                }
                windows.add(new Window(chain, full.begunAt(), last.begunAt()));
            }
        }
        return windows;
    }

    private static Optional<Manifest> child(List<Manifest> manifests, Manifest parent) {
        return manifests.stream()
                .filter(each -> each.parent() != null && each.parent() == parent.id())
                .max(Comparator.comparingLong(Manifest::id));
    }

    public boolean contains(Instant time) {
        return !time.isBefore(begin) && !time.isAfter(end);
    }
}
