package io.tidescope.recovery.archive;

import java.time.Instant;
import java.util.List;

/**
 * The consistent states that a backup went through, by the marks that its segments say they hold.
 */
public final class ArchivedStates {
    private final Archive archive;
    private final Chain chain;

    public ArchivedStates(Archive archive, Chain chain) {
        this.archive = archive;
        this.chain = chain;
    }

    /**
     * The state at a moment: of each ref the newest complete publish that began then or before.
     *
     * @throws io.tidescope.schemas.TideScopeException CORRUPT naming a segment that is missing or
     *     not what it should be
     */
    public List<Mark> at(Instant time) {
        List<ArchivedPartition> log =
                chain.partitions().stream()
                        .filter(where -> where.topic().equals(Archive.LOG))
                        .toList();
        Cut cut = new Cut(log.size());
        for (ArchivedPartition where : log) {
            for (SegmentRef segment : chain.segments(where)) {
                archive.header(segment).marks().forEach(mark -> cut.add(where.partition(), mark));
            }
        }
        return cut.at(time);
    }
}
