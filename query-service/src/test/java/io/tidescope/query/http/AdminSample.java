package io.tidescope.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.LagSource.ConsumerPartition;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.admin.ReplayControl;
import io.tidescope.query.admin.ReplayStatus;
import io.tidescope.query.admin.TrialParser;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CacheLevel;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** A served sample with something to tell of everything that troubleshooting asks. */
final class AdminSample {
    static final String ADMIN = HttpApi.ROOT + "/admin/";

    private static final NodeStatus NODE =
            new NodeStatus(
                    "store-1",
                    "one",
                    ServedSample.PARTITIONS,
                    List.of(new Held(2, State.STANDBY, new Standing(5, false, 0))),
                    List.of());

    private static final NodeStatus OLD =
            new NodeStatus("old", "two", ServedSample.PARTITIONS, NODE.held(), List.of());

    final OneNode nodes = new OneNode();
    final List<byte[]> parsed = new ArrayList<>();
    final ServedSample sample =
            new ServedSample(
                    Receivers.NONE,
                    new AdminSources(
                            new Parser(),
                            () ->
                                    List.of(
                                            new ConsumerPartition("g", "documents", 0, 7L, 1.5),
                                            new ConsumerPartition("g", "documents", 1, null, null)),
                            nodes,
                            new Cache(),
                            new Replays()),
                    Duration.ofSeconds(10));

    Reply post(String name, String body) throws Exception {
        return sample.client.post(
                ADMIN + name, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    /** Finds one problem in every source, where a field of a certain name begins. */
    private final class Parser implements TrialParser {
        @Override
        public Trial parse(byte[] content) {
            parsed.add(content);
            int place = new String(content, UTF_8).indexOf("int x");
            return new Trial(
                    "parsed_with_problems",
                    "UTF-8",
                    3,
                    12,
                    List.of(new ParseProblem("syntax", "no end", place, place + 5)),
                    content);
        }

        @Override
        public SourceEncoding encoding(byte[] content) {
            return new SourceEncoding("windows-1252", true, 1);
        }
    }

    private static final class Cache implements AnswerCache {
        @Override
        public <R> Lookup<R> look(StoreQuery<R> query, Set<Integer> partitions) {
            return AnswerCache.NONE.look(query, partitions);
        }

        @Override
        public List<CacheLevel> levels() {
            return List.of(new CacheLevel("local", 3, 1, 2L, 100L, 1_000L));
        }
    }

    /** Begins what it is told and never ends it. */
    static final class OneNode implements NodeSource {
        private static final NodeInspection INSPECTION =
                new NodeInspection(
                        "store-1",
                        new NodeInspection.Freshness(5, 0.25, 1.5, 2),
                        List.of(new NodeInspection.CacheUse("blocks", 10, 100, 7, 3)),
                        4,
                        50,
                        List.of(
                                new NodeInspection.PartitionProgress(
                                        1,
                                        State.RESTORING,
                                        new Standing(41, false, -1),
                                        -1,
                                        90,
                                        1_500),
                                new NodeInspection.PartitionProgress(
                                        2,
                                        State.STANDBY,
                                        new Standing(41, false, 2),
                                        -1,
                                        90,
                                        1_500)));

        final List<Task> begun = new ArrayList<>();
        boolean refuses;
        private Maintenance state = Maintenance.NONE;

        @Override
        public List<NodeStatus> nodes() {
            return List.of(NODE);
        }

        /** One that tells how it does, one that is too old to, one that never answered. */
        @Override
        public List<NodeReport> inspect(Deadline deadline) {
            return List.of(
                    new NodeReport("one:1", NODE, true, INSPECTION, null),
                    new NodeReport("old:1", OLD, true, null, "it is too old; upgrade it"),
                    new NodeReport("gone:1", null, false, null, "connection refused"));
        }

        @Override
        @SuppressWarnings("unchecked") // the one kind of question there is
        public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
            MaintainPartition asked = (MaintainPartition) query;
            if (!wanted.test(2)) {
                return List.of();
            }
            if (asked.begin() != null) {
                begun.add(asked.begin());
                state =
                        new Maintenance(
                                asked.begin(),
                                Phase.RUNNING,
                                1,
                                2,
                                3,
                                0,
                                1_700_000_000_000L,
                                0,
                                null);
            }
            PartitionReply<R> reply =
                    refuses
                            ? new PartitionReply.Refused<>(Refusal.RESTORING, "being restored")
                            : new PartitionReply.Answered<>((R) state, new Standing(5, false, 0));
            return List.of(new NodeReplies<>("store-1", Map.of(2, reply), null));
        }
    }

    private static final class Replays implements ReplayControl {
        private ReplayStatus last = ReplayStatus.NONE;

        @Override
        public ReplayStatus begin(String from) {
            if (last.isRunning()) {
                throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "One goes on.");
            }
            last =
                    new ReplayStatus(
                            ReplayStatus.State.PREPARING,
                            "1",
                            from,
                            0,
                            0,
                            Instant.EPOCH,
                            null,
                            null);
            return last;
        }

        @Override
        public ReplayStatus status() {
            return last;
        }
    }
}
