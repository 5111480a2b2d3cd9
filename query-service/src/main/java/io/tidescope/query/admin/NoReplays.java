package io.tidescope.query.admin;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

/** For a process that cannot start parsers and stores, as a gateway is. */
public final class NoReplays implements ReplayControl {
    @Override
    public ReplayStatus begin(String from) {
        throw new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "This process has no parsers and stores to start beside the others. Prepare an"
                    + " index with 'tidescope replay prepare', start them on it, and have gateways"
                    + " ask it: docs/replay.md says how.");
    }

    @Override
    public ReplayStatus status() {
        return ReplayStatus.NONE;
    }
}
