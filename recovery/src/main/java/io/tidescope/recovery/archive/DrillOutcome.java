package io.tidescope.recovery.archive;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What became of a drill: of a backup that was restored to see whether it can be.
 *
 * @param begunAtMillis when the drill began
 * @param backup number of the backup
 * @param passed whether all of it was restored, as the backup and the live index have it
 * @param recoveryMillis from the first look at the backup until what was restored was read back and
 *     found to be right; null when that was not
 * @param pointMillis how old, when the drill began, what the backup holds was; null when it could
 *     not be read
 * @param refs that were restored
 * @param changes records of {@code file-changes} that were restored
 * @param documents records of {@code documents} that were restored
 * @param bytes of the keys and values of all that was restored
 * @param comparedFiles Java files that were held against the live log
 * @param comparedDocuments documents that were held against the live index
 * @param refsAhead refs that live has more publishes of
 * @param ahead the first of them, by how many
 * @param problemCount what is wrong
 * @param problems the first of them, for people
 */
public record DrillOutcome(
        long begunAtMillis,
        long backup,
        boolean passed,
        @Nullable Long recoveryMillis,
        @Nullable Long pointMillis,
        int refs,
        long changes,
        long documents,
        long bytes,
        long comparedFiles,
        long comparedDocuments,
        int refsAhead,
        List<RefAhead> ahead,
        long problemCount,
        List<String> problems) {
    public DrillOutcome {
        ahead = List.copyOf(ahead);
        problems = List.copyOf(problems);
    }

    @JsonIgnore
    public Instant begunAt() {
        return Instant.ofEpochMilli(begunAtMillis);
    }
}
