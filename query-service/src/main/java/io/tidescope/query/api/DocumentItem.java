package io.tidescope.query.api;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.DocumentSummary;

/**
 * A document in a list as it is written.
 *
 * @param blob hex object id of the content in git
 * @param size bytes of the content in git
 * @param problems how many problems its parse had
 */
record DocumentItem(
        String repository,
        String ref,
        String path,
        String blob,
        long size,
        int lines,
        String outcome,
        int problems,
        String commit) {
    static DocumentItem of(String repository, String ref, DocumentSummary document) {
        return new DocumentItem(
                repository,
                ref,
                document.path(),
                document.blob(),
                document.size(),
                document.lines(),
                Choice.label(document.outcome()),
                document.problems(),
                document.commit());
    }
}
