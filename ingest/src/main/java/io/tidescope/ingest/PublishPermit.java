package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

/**
 * Whether this deployment may publish now: of several that follow the same repositories in several
 * regions one does.
 *
 * <p>Safe for concurrent use.
 */
@FunctionalInterface
public interface PublishPermit {
    /** For a deployment that is the only one. */
    PublishPermit ALWAYS = () -> 0;

    /**
     * Asked before a publish begins and before each of its transactions is committed.
     *
     * @return publishes that begin now have this number or a higher one: higher than all that other
     *     deployments gave before
     * @throws TideScopeException PRECONDITION_FAILED when another one publishes, UNAVAILABLE when
     *     that is not known
     */
    long require();

    /** Whether it is certain that another one publishes: then there is nothing to do here. */
    default boolean isElsewhere() {
        try {
            long unused = require();
            return false;
        } catch (TideScopeException e) {
            return e.code() == ErrorCode.PRECONDITION_FAILED;
        }
    }
}
