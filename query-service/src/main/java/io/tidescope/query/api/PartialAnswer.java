package io.tidescope.query.api;

import io.tidescope.schemas.ErrorCode;

import org.jspecify.annotations.Nullable;

/** An answer that may lack something. */
public interface PartialAnswer {
    /** Whether it lacks nothing; of what is written while it is found, known at the end. */
    boolean complete();

    /** What ended it before its end; null when nothing did. */
    default @Nullable ErrorCode failure() {
        return null;
    }
}
