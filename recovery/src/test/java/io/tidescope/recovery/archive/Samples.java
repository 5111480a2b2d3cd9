package io.tidescope.recovery.archive;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Segments and manifests to test with. */
public final class Samples {
    static final ArchivedPartition LOG = new ArchivedPartition(Archive.LOG, "topic-id", 0);

    private Samples() {}

    /** Records as they come, with gaps between their offsets. */
    static List<ArchivedRecord> records(Random random, long from, int count) {
        List<ArchivedRecord> records = new ArrayList<>();
        long offset = from;
        for (int i = 0; i < count; i++) {
            offset += random.nextInt(10) == 0 ? random.nextInt(1000) : 0;
            List<Header> headers = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                headers.add(new RecordHeader("h" + j, bytes(random, 30)));
            }
            records.add(
                    new ArchivedRecord(
                            offset++,
                            1_800_000_000_000L + random.nextInt(100_000) - 50_000,
                            bytes(random, 40),
                            bytes(random, 3000),
                            headers));
        }
        return records;
    }

    private static byte @Nullable [] bytes(Random random, int most) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    static Segment segment(ArchivedPartition where, long from, List<ArchivedRecord> records) {
        SegmentBuilder builder = new SegmentBuilder(where, from, Effort.LITTLE);
        records.forEach(record -> builder.add(record, null));
        return builder.build();
    }

    static Mark mark(String repository, long sequence, long publishedAtMillis) {
        return new Mark(
                repository,
                "refs/heads/main",
                sequence,
                "commit" + sequence,
                true,
                1,
                0,
                0,
                0,
                publishedAtMillis);
    }

    /** A backup of ranges. */
    static Manifest manifest(
            long id, @Nullable Long parent, long atMillis, List<ArchivedRange> ranges) {
        return new Manifest(
                id,
                parent == null ? Manifest.Kind.FULL : Manifest.Kind.INCREMENTAL,
                parent,
                atMillis,
                atMillis,
                "test",
                "cluster",
                "",
                Map.of(Archive.LOG, Map.of("retention.ms", "-1")),
                ranges,
                List.of(mark("a/b", id, atMillis)),
                Map.of(0, List.of(mark("a/b", id + 1, atMillis))),
                Map.of(1, new ArchivedSchema(Archive.LOG, "\"string\"")));
    }
}
