package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/**
 * A question on its way to a node. It ends with the answer, with an exception or when it is
 * cancelled, and is of no more use then. For one thread at a time.
 */
public interface Pending<R> {
    /**
     * The replies if they come within the time; null if they may yet come, to be polled again or
     * {@linkplain #await awaited}.
     *
     * @throws io.tidescope.schemas.TideScopeException as {@link NodeClient#ask}
     */
    @Nullable Map<Integer, PartitionReply<R>> poll(Duration time);

    /**
     * Waits for the replies until the query's deadline. Interrupting a virtual thread that does
     * ends it.
     *
     * @throws io.tidescope.schemas.TideScopeException as {@link NodeClient#ask}
     */
    Map<Integer, PartitionReply<R>> await();

    /** Nobody wants the replies any more. */
    void cancel();
}
