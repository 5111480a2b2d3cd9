package io.tidescope.store.query;

import io.tidescope.schemas.event.ParseOutcome;

/** A document in a list. */
public record DocumentSummary(
        String path,
        String blob,
        long size,
        int lines,
        ParseOutcome outcome,
        int problems,
        String commit) {}
