package io.tidescope.store.query;

/**
 * What one partition of a node said to a question.
 *
 * @param <R> what the query asks for
 */
public sealed interface PartitionReply<R> {
    /**
     * The answer, and where the partition stood in the state that it was read from: all records up
     * to the position are in the answer and, so that whoever has seen something in it knows where
     * else that is, none behind it.
     */
    record Answered<R>(R answer, Standing standing) implements PartitionReply<R> {}

    /** What the asker has is still the answer. */
    record Unchanged<R>(Standing standing) implements PartitionReply<R> {}

    /**
     * No answer.
     *
     * @param reason in one line, for people
     */
    record Refused<R>(Refusal refusal, String reason) implements PartitionReply<R> {}

    /** Why there is no answer. */
    enum Refusal {
        /** Another node's, or nobody's. */
        NOT_HERE,
        /** This node is still catching up with it. */
        RESTORING,
        /** A standby, and only the active node will do. */
        STANDBY,
        /** Not as far as the asker has seen it elsewhere. */
        BEHIND,
        /** Too many questions wait for an answer. */
        OVERLOADED
    }
}
