package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Chain;
import io.tidescope.recovery.archive.Digests;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.schemas.RefKey;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is restored: of the refs in a state everything up to their publish, and nothing of others.
 *
 * @param chain the backup that it is taken from
 * @param state the newest publish of each ref that is restored
 */
public record RestorePlan(Chain chain, List<Mark> state) {
    public RestorePlan {
        state = List.copyOf(state);
    }

    /** Of {@code file-changes}, as many as a target must have. */
    public int partitions() {
        return (int)
                chain.partitions().stream()
                        .filter(where -> where.topic().equals(Archive.LOG))
                        .count();
    }

    /** Of the segments that are read. */
    public long bytes() {
        return chain.manifests().stream().mapToLong(Manifest::size).sum();
    }

    /**
     * Tells two restores apart: those of the same plan write the same, record by record, and may go
     * on with each other's work.
     */
    public String fingerprint() {
        var digest = Digests.sha256();
        digest.update(
                ("%s %s %s"
                                .formatted(
                                        chain.newest().id(),
                                        chain.newest().createdAtMillis(),
                                        chain.newest().cluster()))
                        .getBytes(StandardCharsets.UTF_8));
        for (Mark mark : state) {
            digest.update(
                    "\n%s\0%s\0%d"
                            .formatted(mark.repository(), mark.ref(), mark.sequence())
                            .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** The newest publish of each ref; empty for a ref that is not restored. */
    Publishes publishes() {
        Map<RefKey, Long> sequences = new HashMap<>();
        state.forEach(
                mark -> sequences.put(new RefKey(mark.repository(), mark.ref()), mark.sequence()));
        return (repository, ref) -> {
            Long sequence = sequences.get(new RefKey(repository, ref));
            return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
        };
    }

    /** How much of each ref is restored. */
    interface Publishes {
        OptionalLong newest(String repository, String ref);

        /** Whether a change of that publish is restored. */
        default boolean include(String repository, String ref, long sequence) {
            OptionalLong newest = newest(repository, ref);
            return newest.isPresent() && sequence <= newest.getAsLong();
        }
    }
}
