package io.tidescope.testing;

import io.tidescope.schemas.KafkaConnection;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real Kafka broker of one node inside the test's JVM, on loopback, with its data in a directory
 * of its own.
 *
 * <p>Ready when {@link #start} returns. {@link #stop} and {@link #restart} keep data and port, as a
 * broker that comes back does; {@link #close} deletes the data. For one thread at a time.
 */
public final class TestBroker implements AutoCloseable {
    private static final int LARGEST_RECORD_BYTES = 64 * 1024 * 1024;

    private final ScratchDirectory directory;
    private final int port;
    private final int securedPort;
    private final KafkaConfig config;
    private @Nullable KafkaRaftServer server;

    private TestBroker(ScratchDirectory directory, Map<String, String> secured) {
        this.directory = directory;
        int[] ports = freePorts();
        port = ports[0];
        securedPort = ports[2];
        Map<String, String> settings = settings(directory.path(), port, ports[1]);
        if (!secured.isEmpty()) {
            settings.merge(
                    "listeners", "SASL_SSL://127.0.0.1:" + securedPort, (a, b) -> a + "," + b);
            settings.put(
                    "listener.security.protocol.map",
                    "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL");
            settings.putAll(secured);
        }
        config = new KafkaConfig(settings, false);
    }

    public static TestBroker start() {
        return start(Map.of());
    }

    /**
     * With a second listener, which clients log in at over TLS.
     *
     * @param listener settings of that listener: its keys, mechanisms and users
     */
    public static TestBroker startSecured(Map<String, String> listener) {
        return start(listener);
    }

    private static TestBroker start(Map<String, String> secured) {
        TestBroker broker = new TestBroker(ScratchDirectory.create("tidescope-broker"), secured);
        try {
            broker.format();
            broker.restart();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    public KafkaConnection connection() {
        return KafkaConnection.to("127.0.0.1:" + port);
    }

    /** {@code host:port} of the second listener. */
    public String securedAddress() {
        return "127.0.0.1:" + securedPort;
    }

    /** Stops the broker if it runs; clients see it vanish. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /** Stops the broker if it runs, and starts it with the data and the port it had. */
    public void restart() {
        stop();
        KafkaRaftServer next = new KafkaRaftServer(config, Time.SYSTEM);
        server = next;
        next.startup();
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    private void format() {
        try (PrintStream silence =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(directory.path().toString()))
                    .setMetadataLogDirectory(directory.path().toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The test broker's directory could not be formatted: " + directory.path(), e);
        }
    }

    private static Map<String, String> settings(Path data, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("log.dirs", data.toString());
        settings.put("auto.create.topics.enable", "false");
        // A broker that comes back waits until the session of the one that it was has ended.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "300");
        settings.put("message.max.bytes", Integer.toString(LARGEST_RECORD_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD_BYTES));
        // One node holds everything once.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Few and small: tests start many brokers and want groups to form at once.
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
        return settings;
    }

    private static int[] freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback);
                ServerSocket third = new ServerSocket(0, 1, loopback)) {
            return new int[] {one.getLocalPort(), other.getLocalPort(), third.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on loopback", e);
        }
    }
}
