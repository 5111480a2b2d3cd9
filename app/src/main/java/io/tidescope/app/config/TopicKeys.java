package io.tidescope.app.config;

import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;

import java.time.Duration;
import java.util.Set;

/** The topics of a deployment. */
final class TopicKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.values());

    static final Setting<String> PREFIX =
            GROUP.of(
                    "topics.prefix",
                    ScalarForm.text(
                            "at most %d letters, digits, dots, dashes and underscores"
                                    .formatted(Namespace.MAX_PREFIX_LENGTH),
                            Namespace.PREFIX),
                    "",
                    "What the names of topics, consumer groups and transactional ids"
                            + " begin with; the same for all roles of a deployment.");
    static final Setting<String> INDEX =
            GROUP.of(
                    "topics.index",
                    ScalarForm.text(
                            "at most %d letters, digits and dashes"
                                    .formatted(Namespace.MAX_INDEX_LENGTH),
                            Namespace.INDEX),
                    "",
                    "Which index parsers make, stores hold and gateways ask: what the names of the"
                            + " topics and consumer groups that are derived from `file-changes` end"
                            + " with. Empty for the first one; docs/replay.md says what others are"
                            + " for.");
    static final Setting<Integer> PARTITIONS =
            GROUP.of(
                    "topics.partitions",
                    ScalarForm.wholeNumber(1, Topics.MAX_PARTITIONS),
                    Integer.toString(Topics.DEFAULT_PARTITIONS),
                    "Partitions of the index; fixed once its topics are there, and the"
                            + " same for all roles.");
    static final Setting<Integer> REPLICAS =
            GROUP.optional(
                    "topics.replication",
                    ScalarForm.wholeNumber(1, Replication.MAX_REPLICAS),
                    "Copies of each partition of the topics; as the brokers are set"
                            + " when not set, and then not checked.");
    static final Setting<Integer> MIN_INSYNC =
            GROUP.optional(
                    "topics.min-insync-replicas",
                    ScalarForm.wholeNumber(1, Replication.MAX_REPLICAS),
                    "Copies that must have a record before it counts as written; at"
                            + " most `topics.replication`.");
    static final Setting<Duration> HISTORY =
            GROUP.of(
                    "topics.history",
                    ScalarForm.duration(Duration.ofSeconds(1), Duration.ofHours(87_600)),
                    ScalarForm.show(Topics.DEFAULT_HISTORY),
                    "How long every version of a document is kept, and that it is gone; a"
                            + " store that was away for longer is built again. The same for all"
                            + " roles.");
    static final Setting<Boolean> CREATE_TOPICS =
            GROUP.of(
                    "topics.create",
                    ScalarForm.yesOrNo(),
                    "true",
                    Set.of(Role.INGEST),
                    "Whether the ingest role creates topics that are missing; all"
                            + " other roles only check them. `tidescope topics create` creates"
                            + " them in any case.");

    private TopicKeys() {}
}
