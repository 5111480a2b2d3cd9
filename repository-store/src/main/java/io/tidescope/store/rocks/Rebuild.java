package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Builds a store again from the topic, beside the one that answers, and has it take its place.
 *
 * <p>It reads until it is where the other one is. What is still missing then, because records came
 * meanwhile, it reads while nothing is applied to the other; if that is too much, it goes on as
 * before and tries again. Up to where it takes over both are what the topic makes of it, so whoever
 * asks sees no difference.
 */
final class Rebuild extends Errand {
    /** How long the topic may have nothing to tell of what it must have. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How long nothing is applied to the store that answers, at most, at each try. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DocumentStore store;
    private final DocumentStoreBuilder made;
    private final int number;
    private final Supplier<Path> place;

    /**
     * @param place directory that is free when it begins
     */
    Rebuild(DocumentStore store, DocumentStoreBuilder made, int number, Supplier<Path> place) {
        this.store = store;
        this.made = made;
        this.number = number;
        this.place = place;
    }

    @Override
    void run() {
        TopicExtent topic = made.topic().now(number);
        Instant begun = made.clock().instant();
        StoreDirectory directory = new StoreDirectory(place.get(), topic, made.clock());
        directory.beginBuilding();
        boolean taken = false;
        try {
            requireRoom(directory.path());
            taken = build(directory, begun.plus(topic.tombstonesKept()));
        } finally {
            if (!taken) {
                directory.delete();
            }
        }
    }

    /**
     * @param late when tombstones may have been compacted away behind what was read already
     */
    private boolean build(StoreDirectory directory, Instant late) {
        boolean taken = false;
        Partition fresh = Partition.open(number, directory.path(), made);
        try (RecordReader records = made.records().open(number)) {
            do {
                catchUp(fresh, records);
                if (!made.clock().instant().isBefore(late)) {
                    throw new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "Reading the topic takes longer than it keeps what was deleted.");
                }
                taken = store.replace(fresh, directory, () -> hasCaughtUp(fresh, records));
            } while (!taken);
            return taken;
        } finally {
            if (!taken) {
                fresh.close();
            }
        }
    }

    private void requireRoom(Path path) {
        long free;
        try {
            free = Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for room beside the store, at " + path, e);
        }
        long wanted = store.liveBytes();
        if (free < wanted) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The disk has %,d bytes free, and a second store takes %,d."
                            .formatted(free, wanted));
        }
    }

    private void catchUp(Partition fresh, RecordReader records) {
        long begin = records.position();
        long last = begin;
        long patient = System.nanoTime() + PATIENCE.toNanos();
        while (isBehind(fresh, records)) {
            goOn();
            fresh.apply(records.next());
            long position = records.position();
            reached(position, Math.max(position, store.position() + 1));
            if (position > last) {
                last = position;
                patient = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - patient > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "The topic has told nothing behind offset %d for a minute."
                                .formatted(position));
            }
        }
        // Most of it now, while records are applied to the other.
        fresh.database().flush();
    }

    /** The same for a moment, and not at the expense of the store that answers. */
    private boolean hasCaughtUp(Partition fresh, RecordReader records) {
        long late = System.nanoTime() + PAUSE.toNanos();
        while (isBehind(fresh, records)) {
            if (System.nanoTime() - late > 0) {
                return false;
            }
            List<StoreRecord> next = records.next();
            fresh.apply(next);
        }
        fresh.database().flush();
        return true;
    }

    private boolean isBehind(Partition fresh, RecordReader records) {
        long there = store.position();
        // The last record that was applied there may have been compacted away since.
        return fresh.progress().position() < there && records.position() <= there;
    }
}
