package io.tidescope.query.admin;

import io.tidescope.query.api.MissingPartition;
import io.tidescope.query.api.PartialAnswer;
import io.tidescope.query.api.StalePartition;
import io.tidescope.store.query.LargeDocument;
import io.tidescope.store.query.Measure;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.List;

/** The largest documents, as they are written. */
record LargeFiles(
        List<LargeFile> items,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {
    /**
     * A large document.
     *
     * @param bytes of its source in UTF-8
     * @param treeBytes of its syntax tree, uncompressed
     */
    record LargeFile(
            String repository, String ref, String path, long bytes, int lines, long treeBytes) {
        static LargeFile of(LargeDocument large) {
            return new LargeFile(
                    large.document().repository(),
                    large.document().ref(),
                    large.document().path(),
                    large.bytes(),
                    large.lines(),
                    large.treeBytes());
        }
    }

    static LargeFiles of(Answers<List<LargeDocument>> answers, Measure measure, int limit) {
        return new LargeFiles(
                answers.byPartition().values().stream()
                        .flatMap(List::stream)
                        .sorted(LargeDocument.largestFirst(measure))
                        .limit(limit)
                        .map(LargeFile::of)
                        .toList(),
                answers.complete(),
                MissingPartition.listOf(answers.missing()),
                StalePartition.listOf(answers.standings()));
    }
}
