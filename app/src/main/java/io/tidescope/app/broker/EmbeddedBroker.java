package io.tidescope.app.broker;

import io.tidescope.schemas.Topics;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Kafka broker and its controller in this JVM, on the loopback interface alone.
 *
 * <p>Kafka halts the JVM on a fatal fault, so this runs in a process of its own: see {@link
 * BrokerProcess}. The directory is formatted once and keeps its cluster id.
 */
final class EmbeddedBroker {
    private static final String CLEANER_BUFFER_BYTES = Integer.toString(32 * 1024 * 1024);

    /** What a crash makes the next start read again, per partition. */
    private static final String SEGMENT_BYTES = Integer.toString(128 * 1024 * 1024);

    private final Path directory;
    private final String clusterId;
    private final BrokerQuorum quorum;
    private final int id;

    EmbeddedBroker(Path directory, String clusterId, BrokerQuorum quorum, int id) {
        this.directory = directory;
        this.clusterId = clusterId;
        this.quorum = quorum;
        this.id = id;
    }

    /** Starts the broker; it takes requests when this returns. */
    KafkaRaftServer start() throws Exception {
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format();
        }
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        server.startup();
        return server;
    }

    private void format() throws Exception {
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(clusterId)
                .setNodeId(id)
                .setDirectories(java.util.List.of(directory.toString()))
                .setControllerListenerName("CONTROLLER")
                .run();
    }

    private Map<String, String> settings() {
        BrokerQuorum.Member self = quorum.member(id);
        String broker = "127.0.0.1:" + self.port();
        String controller = "127.0.0.1:" + self.controllerPort();
        String replication = Integer.toString(quorum.replication());
        String minInsync = Integer.toString(quorum.minInsync());
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(id)),
                Map.entry("controller.quorum.voters", quorum.voters()),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + broker),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", replication),
                Map.entry("min.insync.replicas", minInsync),
                Map.entry("offsets.topic.replication.factor", replication),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", replication),
                Map.entry("transaction.state.log.min.isr", minInsync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Whoever wants to notice a dead member sooner may.
                Map.entry("group.min.session.timeout.ms", "1000"),
                // After a crash the controller waits this long for the broker that is gone.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("server.max.startup.time.ms", "60000"),
                Map.entry("message.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)),
                Map.entry("replica.fetch.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)),
                Map.entry("log.segment.bytes", SEGMENT_BYTES),
                Map.entry("log.cleaner.dedupe.buffer.size", CLEANER_BUFFER_BYTES),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "2"));
    }
}
