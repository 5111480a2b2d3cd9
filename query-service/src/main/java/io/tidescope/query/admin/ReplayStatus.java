package io.tidescope.query.admin;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How a replay stands.
 *
 * @param index name of the index that it makes; null for none
 * @param from where it begins, as it was asked for; null for none
 * @param done how much of what it does now is done: documents to copy, or changes to parse
 * @param total how much that is altogether, as far as it is known
 * @param begun null for none
 * @param ended null while it goes on
 * @param failure why it failed; null when it did not
 */
public record ReplayStatus(
        State state,
        @Nullable String index,
        @Nullable String from,
        long done,
        long total,
        @Nullable Instant begun,
        @Nullable Instant ended,
        @Nullable String failure) {
    /** There was no replay since the start. */
    public static final ReplayStatus NONE =
            new ReplayStatus(State.NONE, null, null, 0, 0, null, null, null);

    /** What a replay does. */
    public enum State {
        /** There is none. */
        NONE,
        /** Copies what is not parsed again. */
        PREPARING,
        /** Parses what comes from the log, beside the index that answers. */
        REPLAYING,
        /** Has the new index catch up with the last changes, and then answer. */
        SWITCHING,
        /** The new index answers. */
        DONE,
        /** The old index answers, as if nothing had been. */
        FAILED
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return switch (state) {
            case PREPARING, REPLAYING, SWITCHING -> true;
            case NONE, DONE, FAILED -> false;
        };
    }
}
