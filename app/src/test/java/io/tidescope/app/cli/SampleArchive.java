package io.tidescope.app.cli;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRange;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.recovery.archive.Effort;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Manifest.Kind;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.SegmentBuilder;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Backups in a directory, of a deployment with one partition: a full one with two repositories, and
 * one that builds on it and has a further publish of the first.
 */
final class SampleArchive {
    static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");
    static final Instant NEXT = BEGIN.plus(Duration.ofHours(1));

    static final Mark SHOP = mark("acme/shop", 1, "a".repeat(40), BEGIN.minusSeconds(60));
    static final Mark TIDE = mark("other/tide", 1, "b".repeat(40), BEGIN.minusSeconds(30));
    static final Mark SHOP_LATER = mark("acme/shop", 2, "c".repeat(40), BEGIN.plusSeconds(60));

    private static final ArchivedPartition LOG = new ArchivedPartition(Archive.LOG, "topic-id", 0);

    private final Path directory;

    SampleArchive(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Makes both. */
    SampleArchive fill() {
        try (ObjectStore store = ObjectStores.directory(directory, InstantSource.system())) {
            Archive archive = new Archive(store);
            SegmentRef first = archive.writeFull("run", segment(0, List.of(SHOP, TIDE)).build());
            archive.create(
                    manifest(1, null, BEGIN, new ArchivedRange(LOG, 0, 2, List.of(first)), TIDE));
            SegmentRef second = archive.writeTail(segment(2, List.of(SHOP_LATER)).build());
            archive.create(
                    manifest(2, 1L, NEXT, new ArchivedRange(LOG, 2, 3, List.of(second)), TIDE));
        }
        return this;
    }

    /** Another full one, of the same. */
    SampleArchive another() {
        try (ObjectStore store = ObjectStores.directory(directory, InstantSource.system())) {
            Archive archive = new Archive(store);
            SegmentRef all = archive.writeFull("again", segment(0, List.of(SHOP, TIDE)).build());
            archive.create(
                    manifest(
                            archive.backups().getLast() + 1,
                            null,
                            NEXT.plusSeconds(60),
                            new ArchivedRange(LOG, 0, 2, List.of(all)),
                            TIDE));
        }
        return this;
    }

    private static SegmentBuilder segment(long from, List<Mark> marks) {
        SegmentBuilder segment = new SegmentBuilder(LOG, from, Effort.LITTLE);
        long offset = from;
        for (Mark mark : marks) {
            byte[] bytes = mark.toString().getBytes(StandardCharsets.UTF_8);
            segment.add(
                    new ArchivedRecord(offset++, mark.publishedAtMillis(), bytes, bytes, List.of()),
                    mark);
        }
        return segment;
    }

    private static Manifest manifest(
            long id, @Nullable Long parent, Instant time, ArchivedRange range, Mark unchanged) {
        return new Manifest(
                id,
                parent == null ? Kind.FULL : Kind.INCREMENTAL,
                parent,
                time.toEpochMilli(),
                time.plusSeconds(5).toEpochMilli(),
                "1.2.3",
                "cluster-id",
                "acme.",
                Map.of(Archive.LOG, Map.of("retention.ms", "-1")),
                List.of(range),
                List.of(parent == null ? SHOP : SHOP_LATER, unchanged),
                Map.of(),
                Map.of(7, new ArchivedSchema(Archive.LOG, "\"string\"")));
    }

    private static Mark mark(String repository, long sequence, String commit, Instant published) {
        return new Mark(
                repository,
                "refs/heads/main",
                sequence,
                commit,
                true,
                1,
                0,
                0,
                0,
                published.toEpochMilli());
    }

    /** Changes a byte in the middle of the first file of a folder. */
    void damage(String folder) throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            file = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
    }

    /** A configuration that names it, and a cluster that is not there. */
    Path configuration() {
        try {
            return Files.writeString(
                    directory.resolveSibling("archiver.yaml"),
                    """
                    kafka: {bootstrap: '127.0.0.1:1'}
                    registry: {url: 'http://127.0.0.1:1'}
                    topics: {partitions: 1, prefix: acme.}
                    archive: {location: '%s'}
                    """
                            .formatted(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
