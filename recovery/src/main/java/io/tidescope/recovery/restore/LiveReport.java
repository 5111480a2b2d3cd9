package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.RefAhead;

import java.util.List;

/**
 * Whether what was restored is what the live index has of it.
 *
 * @param files Java files that were compared, by the changes of both
 * @param documents that were compared: those that have not changed since the backup
 * @param ahead refs that live has more publishes of than the backup, the first of them by how many
 * @param refsAhead how many they are
 * @param count how many differences there are
 * @param differences the first of them, for people
 */
public record LiveReport(
        long files,
        long documents,
        List<RefAhead> ahead,
        int refsAhead,
        long count,
        List<String> differences) {
    /** Nothing was compared. */
    public static final LiveReport NOTHING = new LiveReport(0, 0, List.of(), 0, 0, List.of());

    public LiveReport {
        ahead = List.copyOf(ahead);
        differences = List.copyOf(differences);
    }
}
