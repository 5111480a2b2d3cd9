package io.tidescope.app.role;

import io.tidescope.ingest.IngestService;
import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.PublishedRef;
import io.tidescope.ingest.RepositoryStatus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up how far publishing has come since the start; hears of it from publishers. */
public final class IngestProgress implements PublishListener {
    private final Map<String, Integer> totals = new ConcurrentHashMap<>();
    private final AtomicLong publishes = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    @Override
    public void progressed(String repository, String ref, int published, int total) {
        totals.put(repository + '\0' + ref, total);
    }

    @Override
    public void published(PublishedRef ref) {
        publishes.incrementAndGet();
        changes.addAndGet(ref.writes() + ref.removals());
        totals.put(ref.repository() + '\0' + ref.ref(), ref.writes() + ref.removals());
    }

    /** Refs published to their end. */
    long publishes() {
        return publishes.get();
    }

    /** Changes of files in them. */
    long changes() {
        return changes.get();
    }

    /** How far it has come now, as the service says of its repositories. */
    public Publishing of(IngestService service) {
        boolean settled = true;
        Map<String, String> problems = new HashMap<>();
        for (RepositoryStatus status : service.statuses()) {
            RepositoryStatus.Problem problem = status.problem();
            if (problem != null) {
                problems.put(status.repository(), problem.message());
            } else {
                settled &= status.isUpToDate();
            }
        }
        long changes = totals.values().stream().mapToLong(Integer::longValue).sum();
        return new Publishing(changes, settled, problems);
    }
}
