package io.tidescope.query.admin;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.List;

/**
 * Whom troubleshooting asks besides the store.
 *
 * @param cache what this process keeps of answers
 */
public record AdminSources(TrialParser parser, LagSource lag, NodeSource nodes, AnswerCache cache) {
    /** Where nobody parses, and no lag is known. */
    public static final AdminSources NONE =
            new AdminSources(new NoParser(), List::of, List::of, AnswerCache.NONE);

    private static final class NoParser implements TrialParser {
        @Override
        public Trial parse(byte[] content) {
            throw unavailable();
        }

        @Override
        public SourceEncoding encoding(byte[] content) {
            throw unavailable();
        }

        private static TideScopeException unavailable() {
            return new TideScopeException(
                    ErrorCode.UNAVAILABLE, "This process has no parser; ask a gateway.");
        }
    }
}
