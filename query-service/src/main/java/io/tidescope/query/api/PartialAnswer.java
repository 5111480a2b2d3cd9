package io.tidescope.query.api;

/** An answer that may lack something. */
public interface PartialAnswer {
    /** Whether it lacks nothing; of what is written while it is found, known at the end. */
    boolean complete();
}
