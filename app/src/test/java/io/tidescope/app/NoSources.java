package io.tidescope.app;

import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.NoReplays;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.admin.TrialParser;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.StoreQuery;

import java.util.List;
import java.util.function.IntPredicate;

/** Where nobody parses, and no lag is known. */
public final class NoSources {
    public static final AdminSources NONE =
            new AdminSources(
                    new NoParser(), List::of, new NoNodes(), AnswerCache.NONE, new NoReplays());

    private NoSources() {}

    private static final class NoNodes implements NodeSource {
        @Override
        public List<NodeStatus> nodes() {
            return List.of();
        }

        @Override
        public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
            return List.of();
        }

        @Override
        public List<NodeReport> inspect(Deadline deadline) {
            return List.of();
        }
    }

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
            return new TideScopeException(ErrorCode.UNAVAILABLE, "there is no parser here");
        }
    }
}
