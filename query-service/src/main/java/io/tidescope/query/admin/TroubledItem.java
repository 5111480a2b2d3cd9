package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.TroubledDocument;

import org.jspecify.annotations.Nullable;

/**
 * A document with something wrong in its source, as it is written.
 *
 * @param problems how many of that sort it has; what follows is of the first
 * @param line left out, and the column, when it is about the whole file
 */
record TroubledItem(
        String repository,
        String ref,
        String path,
        String outcome,
        String encoding,
        int problems,
        String code,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer line,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer column) {
    static TroubledItem of(TroubledDocument troubled) {
        boolean placed = troubled.line() > 0;
        return new TroubledItem(
                troubled.document().repository(),
                troubled.document().ref(),
                troubled.document().path(),
                Choice.label(troubled.outcome()),
                troubled.encoding(),
                troubled.problems(),
                troubled.code(),
                troubled.message(),
                placed ? troubled.line() : null,
                placed ? troubled.column() : null);
    }
}
