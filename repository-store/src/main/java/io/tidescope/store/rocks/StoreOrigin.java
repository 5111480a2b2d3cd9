package io.tidescope.store.rocks;

import org.apache.kafka.common.Uuid;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a store was built from and when it was known to be up to date, in the file {@code ORIGIN}
 * beside it, a {@link CheckedFile} of three lines: the topic's id, the offset the partition began
 * at in decimal, the time as ISO 8601 has it.
 *
 * <p>Only a store whose topic is still that one, with all that it had then, is what the topic would
 * make of it; every other one answers from documents that are gone.
 *
 * @param begin offset the partition began at when the store was begun
 * @param current when the store last was on disk and followed the topic; tombstones written since
 *     may be compacted away once the topic has kept them for its time. It may have lagged behind
 *     then: that is what the topic's {@code min.compaction.lag.ms}, which comes on top, is for
 */
record StoreOrigin(Uuid topic, long begin, Instant current) {
    private static final String FILE = "ORIGIN";

    /** The origin of the store in a directory; absent when nothing there can be read as one. */
    static Optional<StoreOrigin> find(Path directory) throws IOException {
        return CheckedFile.find(directory.resolve(FILE)).flatMap(StoreOrigin::read);
    }

    private static Optional<StoreOrigin> read(List<String> lines) {
        if (lines.size() != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new StoreOrigin(
                            Uuid.fromString(lines.get(0)),
                            Long.parseLong(lines.get(1)),
                            Instant.parse(lines.get(2))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Takes the place of the origin before, as a whole or not at all. */
    void write(Path directory) throws IOException {
        CheckedFile.write(
                directory.resolve(FILE),
                List.of(topic.toString(), String.valueOf(begin), current.toString()));
    }

    /** Why a store of this origin cannot go on with the partition; absent when it can. */
    Optional<String> objection(TopicExtent now, Instant time) {
        if (!topic.equals(now.topic())) {
            return Optional.of(
                    "it was built from topic %s, and the topic is %s now"
                            .formatted(topic, now.topic()));
        }
        if (begin != now.begin()) {
            return Optional.of(
                    "it was built from offset %d on, and the topic begins at %d now"
                            .formatted(begin, now.begin()));
        }
        if (current.isAfter(time.plus(now.tolerance()))) {
            return Optional.of(
                    "it was last up to date at %s, by a clock that was ahead: it is %s now"
                            .formatted(current, time));
        }
        if (current.plus(now.tombstonesKept()).isBefore(time)) {
            return Optional.of(
                    "it was last up to date at %s, and the topic keeps tombstones for %s only"
                            .formatted(current, now.tombstonesKept()));
        }
        return Optional.empty();
    }
}
