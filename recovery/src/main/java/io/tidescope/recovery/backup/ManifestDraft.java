package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.recovery.archive.Cut;
import io.tidescope.recovery.archive.Manifest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A manifest but for its number and the time.
 *
 * @param parent what it goes on from; null for a full one
 * @param begun when what is in it was looked at
 */
record ManifestDraft(
        DurableTopics topics,
        @Nullable Long parent,
        Instant begun,
        List<PartitionCopy.Taken> taken,
        Cut cut,
        Map<Integer, ArchivedSchema> schemas,
        String version) {
    Manifest manifest(long id, Instant created) {
        Map<String, Map<String, String>> settings = new TreeMap<>();
        topics.all().forEach(topic -> settings.put(topic.archived(), topic.settings()));
        return new Manifest(
                id,
                parent == null ? Manifest.Kind.FULL : Manifest.Kind.INCREMENTAL,
                parent,
                begun.toEpochMilli(),
                created.toEpochMilli(),
                version,
                topics.cluster(),
                topics.prefix(),
                settings,
                taken.stream()
                        .map(PartitionCopy.Taken::range)
                        .sorted(Comparator.comparing(range -> range.where()))
                        .toList(),
                cut.newest(),
                cut.pending(),
                schemas);
    }
}
