package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.TreeChange;
import io.tidescope.ingest.git.TreeEntry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a publish is, known before it begins.
 *
 * @param edits changes to Java files
 * @param counts the target's files
 */
record Extent(int edits, FileCounts counts) {
    private static final Logger LOG = LoggerFactory.getLogger(Extent.class);

    /**
     * Compares once without reading any content.
     *
     * @param published the files of what is published
     */
    static Extent measure(
            GitRepository repository,
            Published base,
            @Nullable String target,
            FileCounts published) {
        Tally tally = new Tally(repository, base.visitsWholeTarget(), published);
        base.compare(repository, target, tally::add);
        return new Extent(tally.edits, tally.counts);
    }

    /** One comparison's sums. */
    private static final class Tally {
        private final GitRepository repository;
        private final boolean wholeTarget;
        private FileCounts counts;
        private int edits;

        Tally(GitRepository repository, boolean wholeTarget, FileCounts published) {
            this.repository = repository;
            this.wholeTarget = wholeTarget;
            this.counts = wholeTarget ? FileCounts.NONE : published;
        }

        void add(TreeChange change) {
            TreeEntry before = change.before();
            if (before != null && !wholeTarget) {
                counts = counts.plus(FileKind.of(change.path(), before), -1);
            }
            TreeEntry after = change.after();
            if (after != null) {
                counts = counts.plus(FileKind.of(change.path(), after), 1);
                if (FileKind.isUnnameable(change.path(), after)) {
                    LOG.atWarn()
                            .addKeyValue("directory", repository.directory())
                            .addKeyValue("path", change.path())
                            .log("Skipped a Java file whose path is not UTF-8");
                }
            }
            if (FileEdit.of(change) != null) {
                edits++;
            }
        }
    }
}
