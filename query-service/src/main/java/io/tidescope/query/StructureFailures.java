package io.tidescope.query;

import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.UUID;

/** Says why a structural search that had begun to answer is not complete. */
final class StructureFailures {
    private static final Logger log = LoggerFactory.getLogger(StructureFailures.class);

    static final String OUT_OF_TIME =
            "The search ran out of time before it came to its end; continue it where there is a"
                    + " nextCursor, or narrow it by repository, ref or paths.";

    static final String STOPPING = "The service is stopping; ask again shortly.";

    private StructureFailures() {}

    /** For what a partition failed with; what nobody expected is logged under an id. */
    static String reason(TideScopeException failure) {
        return switch (failure.code().category()) {
            case USER, RETRIABLE -> {
                String message = failure.getMessage();
                yield message == null ? "A partition does not answer any more." : message;
            }
            case CORRUPTION, BUG -> {
                String id = UUID.randomUUID().toString();
                log.atError()
                        .addKeyValue("error_id", id)
                        .addKeyValue("error_code", failure.code())
                        .setCause(failure)
                        .log("search failed");
                yield "The service failed; its log has the reason under %s.".formatted(id);
            }
        };
    }
}
