package io.tidescope.app.standalone;

import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.PublishedRef;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many files the publishes since the start are about, by ref; heard from publishers. */
final class PublishTotals implements PublishListener {
    private final Map<String, Integer> totals = new ConcurrentHashMap<>();

    @Override
    public void progressed(String repository, String ref, int published, int total) {
        totals.put(repository + '\0' + ref, total);
    }

    @Override
    public void published(PublishedRef ref) {
        totals.put(ref.repository() + '\0' + ref.ref(), ref.writes() + ref.removals());
    }

    long changes() {
        return totals.values().stream().mapToLong(Integer::longValue).sum();
    }
}
