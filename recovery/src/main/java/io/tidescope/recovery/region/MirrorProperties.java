package io.tidescope.recovery.region;

import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.Topics;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration of MirrorMaker 2 that mirrors the log of one region into another: what is
 * published, under the same names, each record once.
 *
 * <p>What is derived from the log is not mirrored but made in each region, from its own log: so it
 * can never be of other changes than the log there has.
 */
final class MirrorProperties {
    /** What MirrorMaker calls what mirrors records; it writes so into its topics. */
    static final String CONNECTOR = "MirrorSourceConnector";

    /** Named and not loaded: it needs Kafka Connect, which is not where this is only shown. */
    private static final String FOREIGN_SCHEMAS =
            MirrorProperties.class.getPackageName() + ".ForeignSchemas";

    private static final String ALL_REPLICAS = "-1";

    /**
     * What Kafka Connect keeps for itself in the region that mirrors, and what its topics are
     * called.
     */
    private static final Map<String, String> INTERNAL =
            Map.of("config", "configs", "offset", "offsets", "status", "statuses");

    private static final Pattern OFFSETS =
            Pattern.compile(
                    "offsets[.]%s-(?<since>[0-9]{1,9})[.]internal".formatted(RegionEpoch.NAME));

    private MirrorProperties() {}

    /**
     * How MirrorMaker calls a region's log: of every time that a region is the source it is another
     * one, for its offsets are.
     */
    static String alias(RegionEpoch epoch) {
        return "%s-%d".formatted(epoch.source(), epoch.since());
    }

    /** The topic of the mirroring region in which MirrorMaker keeps how far it has come. */
    static String offsetsTopic(RegionEpoch epoch, RegionCluster target) {
        return internal("offsets", epoch, target);
    }

    /** The {@code since} of the epoch whose {@link #offsetsTopic} this is; 0 when it is none. */
    static long sinceOf(String topic, Namespace names) {
        Matcher parts = OFFSETS.matcher(topic);
        return topic.startsWith(names.mirror())
                        && parts.region(names.mirror().length(), topic.length()).matches()
                ? Long.parseLong(parts.group("since"))
                : 0;
    }

    private static String internal(String what, RegionEpoch epoch, RegionCluster target) {
        return "%s%s.%s.internal".formatted(target.kafka().names().mirror(), what, alias(epoch));
    }

    /**
     * The properties, sorted; those of the clusters may be secret.
     *
     * @param epoch in which the source is one
     */
    static Map<String, String> of(RegionEpoch epoch, RegionCluster source, RegionCluster target) {
        String from = alias(epoch);
        String to = target.name();
        String flow = from + "->" + to + ".";
        Map<String, String> all = new TreeMap<>();
        all.put("clusters", from + ", " + to);
        cluster(from, source, all);
        cluster(to, target, all);
        all.put(flow + "enabled", "true");
        all.put(flow + "topics", allowed(source));
        all.put(
                "replication.policy.class",
                "org.apache.kafka.connect.mirror.IdentityReplicationPolicy");

        // Nothing but records: topics are as each region's own settings say, and groups read
        // their own offsets. That of no group offsets are translated costs two empty topics; told
        // to translate none at all, MirrorMaker calls that an error whenever it starts.
        all.put("groups", "");
        for (String feature :
                new String[] {
                    "emit.heartbeats",
                    "heartbeats.replication",
                    "sync.topic.configs",
                    "sync.topic.acls",
                    "sync.group.offsets"
                }) {
            all.put(feature + ".enabled", "false");
        }
        all.put("offset-syncs.topic.location", "target");
        for (String internal : new String[] {"offset-syncs", "checkpoints", "heartbeats"}) {
            all.put(internal + ".topic.replication.factor", ALL_REPLICAS);
        }
        all.put("refresh.topics.interval.seconds", "30");
        all.put("replication.factor", ALL_REPLICAS);
        all.put("tasks.max", Integer.toString(Math.min(source.topics().partitions() + 1, 8)));

        for (Map.Entry<String, String> kept : INTERNAL.entrySet()) {
            String kind = kept.getKey();
            String topic = kept.getValue();
            all.put(to + "." + kind + ".storage.topic", internal(topic, epoch, target));
            all.put(to + "." + kind + ".storage.replication.factor", ALL_REPLICAS);
        }
        all.put(to + ".group.id", target.kafka().names().mirror() + from);

        // Each record once, and none of a publish that was given up. With one node nobody has to
        // be asked to fence another, and MirrorMaker needs no HTTP.
        all.put(to + ".exactly.once.source.support", "enabled");
        all.put(from + ".consumer.isolation.level", "read_committed");
        all.put(from + ".consumer.fetch.max.wait.ms", "100");
        all.put(from + ".consumer.auto.offset.reset", "earliest");
        all.put(flow + "consumer.poll.timeout.ms", "100");
        all.put(to + ".offset.flush.interval.ms", "1000");
        all.put(to + ".producer.compression.type", "zstd");
        all.put(to + ".producer.max.request.size", Integer.toString(Topics.MAX_RECORD_BYTES));
        all.put(
                flow + "producer.override.max.request.size",
                Integer.toString(Topics.MAX_RECORD_BYTES));

        // Looked for in every class of every jar, what Kafka Connect can load takes it half a
        // minute.
        all.put("plugin.discovery", "service_load");
        all.put(to + ".plugin.discovery", "service_load");

        String ids = flow + "transforms.ids.";
        all.put(flow + "transforms", "ids");
        all.put(ids + "type", FOREIGN_SCHEMAS);
        all.put(ids + ForeignSchemas.SOURCE, source.registry().toString());
        all.put(ids + ForeignSchemas.TARGET, target.registry().toString());
        all.put(
                ids + ForeignSchemas.TOPICS,
                source.topics().published().stream()
                        .map(Topic::name)
                        .collect(Collectors.joining(",")));
        return all;
    }

    private static void cluster(String alias, RegionCluster cluster, Map<String, String> all) {
        cluster.kafka()
                .clientProperties()
                .forEach((name, value) -> all.put(alias + "." + name, value.toString()));
    }

    /** By name and nothing else: there may be other deployments' topics, and always Kafka's own. */
    private static String allowed(RegionCluster source) {
        return source.topics().published().stream()
                .map(topic -> topic.name().replace(".", "[.]"))
                .collect(Collectors.joining(", "));
    }
}
