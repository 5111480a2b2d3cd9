package io.tidescope.recovery.restore;

import java.util.List;

/**
 * Whether what was restored is what the backup has.
 *
 * @param partitions each of them
 * @param refs how many refs were held against the plan
 * @param samples files that were parsed again
 * @param problems all that is wrong; empty when it is as it should be
 * @param differences of those files the ones whose tree is another one: after parsers of another
 *     version, or with another limit of time, that is no damage
 */
public record VerificationReport(
        List<PartitionReport> partitions,
        int refs,
        int samples,
        List<String> problems,
        List<String> differences) {
    public VerificationReport {
        partitions = List.copyOf(partitions);
        problems = List.copyOf(problems);
        differences = List.copyOf(differences);
    }

    public boolean isSound() {
        return problems.isEmpty();
    }

    /**
     * A partition.
     *
     * @param changes records of {@code file-changes} that are there
     * @param files Java files that are live by the changes
     * @param documents those of them that have their document; parsers make the others
     * @param expected digest of the files by an independent replay of the backup
     * @param log digest of the files by the changes that are there
     * @param expectedDocuments digest of the files that should have their document
     * @param actualDocuments digest of the files that have one
     */
    public record PartitionReport(
            int partition,
            long changes,
            int files,
            int documents,
            String expected,
            String log,
            String expectedDocuments,
            String actualDocuments) {}
}
