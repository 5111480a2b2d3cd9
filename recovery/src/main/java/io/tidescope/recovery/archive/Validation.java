package io.tidescope.recovery.archive;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads all of a backup, and of those that it builds on, and says what is wrong with it. */
public final class Validation {
    private final Archive archive;
    private final BooleanSupplier allowed;

    public Validation(Archive archive) {
        this(archive, () -> true);
    }

    /**
     * @param allowed whether to go on; asked often
     */
    public Validation(Archive archive, BooleanSupplier allowed) {
        this.archive = archive;
        this.allowed = allowed;
    }

    /**
     * What was found.
     *
     * @param id the backup
     * @param backups how many it consists of
     * @param segments how many were read
     * @param records in them
     * @param bytes of objects that were read
     * @param problems what is wrong, each naming the object; empty when it can be restored
     */
    public record Outcome(
            long id, int backups, int segments, long records, long bytes, List<String> problems) {
        public Outcome {
            problems = List.copyOf(problems);
        }

        public boolean isSound() {
            return problems.isEmpty();
        }
    }

    /**
     * Reads every record of a backup.
     *
     * @param id of the backup
     * @throws TideScopeException NOT_FOUND when there is no such backup, UNAVAILABLE and the like
     *     when the store cannot be asked, or it was stopped; what is damaged is no exception but a
     *     problem
     */
    public Outcome run(long id) {
        List<String> problems = new ArrayList<>();
        Chain chain;
        try {
            chain = archive.chain(id);
        } catch (TideScopeException e) {
            if (isAboutObjects(e) && archive.backups().contains(id)) {
                return new Outcome(id, 0, 0, 0, 0, List.of(String.valueOf(e.getMessage())));
            }
            throw e;
        }
        Counts counts = new Counts();
        for (ArchivedPartition where : chain.partitions()) {
            for (SegmentRef segment : chain.segments(where)) {
                if (!allowed.getAsBoolean()) {
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE,
                            "Stopped while backup %d was read.".formatted(id));
                }
                problem(where, segment, counts, problems);
            }
        }
        return new Outcome(
                id,
                chain.manifests().size(),
                counts.segments,
                counts.records,
                counts.bytes,
                problems);
    }

    private static final class Counts {
        private int segments;
        private long records;
        private long bytes;
    }

    private void problem(
            ArchivedPartition where, SegmentRef segment, Counts counts, List<String> problems) {
        try {
            SegmentReader reader = archive.open(segment);
            if (!reader.header().where().equals(where)) {
                throw SegmentFormat.damaged(segment.name(), "it is of " + reader.header().where());
            }
            while (reader.next() != null) {
                counts.records++;
            }
            counts.segments++;
            counts.bytes += segment.size();
        } catch (TideScopeException e) {
            if (!isAboutObjects(e)) {
                throw e;
            }
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isAboutObjects(TideScopeException e) {
        return e.code() == ErrorCode.CORRUPT
                || e.code() == ErrorCode.UNSUPPORTED_VERSION
                || e.code() == ErrorCode.NOT_FOUND;
    }
}
