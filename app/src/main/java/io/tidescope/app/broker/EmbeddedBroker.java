package io.tidescope.app.broker;

import io.tidescope.schemas.Topics;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
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
    private static final int NODE_ID = 1;
    private static final String CLEANER_BUFFER_BYTES = Integer.toString(32 * 1024 * 1024);

    /** What a crash makes the next start read again, per partition. */
    private static final String SEGMENT_BYTES = Integer.toString(128 * 1024 * 1024);

    private final Path directory;
    private final BrokerPorts ports;

    EmbeddedBroker(Path directory, BrokerPorts ports) {
        this.directory = directory;
        this.ports = ports;
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
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setDirectories(java.util.List.of(directory.toString()))
                .setControllerListenerName("CONTROLLER")
                .run();
    }

    private Map<String, String> settings() {
        String broker = "127.0.0.1:" + ports.broker();
        String controller = "127.0.0.1:" + ports.controller();
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + broker),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a crash the controller waits this long for the broker that is gone.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("server.max.startup.time.ms", "60000"),
                Map.entry("message.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)),
                Map.entry("log.segment.bytes", SEGMENT_BYTES),
                Map.entry("log.cleaner.dedupe.buffer.size", CLEANER_BUFFER_BYTES),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "2"));
    }
}
