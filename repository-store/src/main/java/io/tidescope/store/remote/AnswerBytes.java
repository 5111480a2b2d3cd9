package io.tidescope.store.remote;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * Answers of partitions as they travel between nodes, for whoever keeps them. As there, a reader
 * passes over what it does not know.
 */
public final class AnswerBytes {
    /** An answer on the wire is from somewhere; here nobody asks. */
    private static final Standing NOWHERE = new Standing(0, false, 0);

    private AnswerBytes() {}

    /** The bytes of an answer. */
    public static <R> byte[] write(StoreQuery<R> query, R answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Wire.SHARED.write(query, Map.of(0, new PartitionReply.Answered<>(answer, NOWHERE)), bytes);
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote for this question, or one that differs in its deadline.
     *
     * @throws TideScopeException UNSUPPORTED_VERSION or INTERNAL when it is something else
     */
    public static <R> R read(StoreQuery<R> query, byte[] bytes) {
        if (Wire.SHARED.readReplies(query, bytes).get(0)
                instanceof PartitionReply.Answered<R>(R answer, Standing standing)) {
            return answer;
        }
        throw new IllegalArgumentException("no answer");
    }
}
