package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
    private final Path place;

    /**
     * @param place directory that is free
     */
    Rebuild(DocumentStore store, DocumentStoreBuilder made, int number, Path place) {
        this.store = store;
        this.made = made;
        this.number = number;
        this.place = place;
    }

    @Override
    void run() {
        StoreDirectory directory =
                new StoreDirectory(place, made.topic().now(number), made.clock());
        directory.beginBuilding();
        requireRoom();
        boolean taken = false;
        Partition fresh = Partition.open(number, place, made);
        try (RecordReader records = made.records().open(number)) {
            do {
                catchUp(fresh, records);
                taken = store.replace(fresh, directory, () -> hasCaughtUp(fresh, records));
            } while (!taken);
        } finally {
            if (!taken) {
                fresh.close();
                directory.delete();
            }
        }
    }

    private void requireRoom() {
        long free;
        try {
            free = Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for room beside the store, at " + place, e);
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
