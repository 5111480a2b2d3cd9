package io.tidescope.app.fault;

import io.tidescope.testing.PackagedApplication;
import io.tidescope.testing.fault.Link;
import io.tidescope.testing.fault.Target;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Brokers that form a quorum, with a listener for each process that is their client, the other
 * brokers included: what a broker advertises there is a link of the two alone, so any two can be
 * cut off from each other. Only what is said to controllers goes past the links: who leads them,
 * and which brokers are there and in sync.
 */
final class KafkaQuorum implements AutoCloseable {
    /** The listener that nothing goes wrong with, for the tests. */
    private static final String UNDISTURBED = "UNDISTURBED";

    private static final String CONTROLLER = "CONTROLLER";
    private static final int REPLICATION = 3;
    private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

    private final Path directory;
    private final List<Broker> brokers;

    /**
     * One of them.
     *
     * @param ports of its listeners, by client
     * @param links to them, by client
     */
    private record Broker(
            Target target,
            int port,
            int controllerPort,
            Map<Target, Integer> ports,
            Map<Target, Link> links) {}

    /**
     * Makes files, ports and links; starts nothing.
     *
     * @param others processes that get a listener of their own, as brokers do
     */
    KafkaQuorum(Path directory, List<Target> others, StablePorts free) throws Exception {
        this.directory = directory;
        brokers = new ArrayList<>();
        List<Target> clients = new ArrayList<>(others);
        for (int number = 0; number < REPLICATION; number++) {
            clients.add(new Target(Target.Role.BROKER, number));
        }
        for (int number = 0; number < REPLICATION; number++) {
            Map<Target, Integer> ports = new LinkedHashMap<>();
            Map<Target, Link> links = new LinkedHashMap<>();
            for (Target client : clients) {
                int port = free.take();
                ports.put(client, port);
                links.put(client, Link.to(port, free.take()));
            }
            brokers.add(
                    new Broker(
                            new Target(Target.Role.BROKER, number),
                            free.take(),
                            free.take(),
                            ports,
                            links));
        }
        String cluster = Uuid.randomUuid().toString();
        for (Broker broker : brokers) {
            write(broker);
            format(broker, cluster);
        }
    }

    /** The processes, not started. */
    List<NodeProcess> processes(Path logs) {
        return brokers.stream()
                .map(
                        broker ->
                                new NodeProcess(
                                        broker.target(),
                                        command(broker),
                                        logs.resolve(broker.target() + ".out")))
                .toList();
    }

    /** Where a client finds the brokers, through its links. */
    String bootstrap(Target client) {
        return brokers.stream()
                .map(broker -> "127.0.0.1:" + link(client, broker).port())
                .collect(Collectors.joining(","));
    }

    /** The same, past all links. */
    String bootstrap() {
        return brokers.stream()
                .map(broker -> "127.0.0.1:" + broker.port())
                .collect(Collectors.joining(","));
    }

    /** Between a client and a broker. */
    Link link(Target client, Target broker) {
        return link(client, brokers.get(broker.number()));
    }

    private static Link link(Target client, Broker broker) {
        Link link = broker.links().get(client);
        if (link == null) {
            throw new IllegalArgumentException(client + " is no client");
        }
        return link;
    }

    private List<String> command(Broker broker) {
        List<String> command = new ArrayList<>(PackagedApplication.brokerJava("-Xmx224m"));
        command.add(BrokerMain.class.getName());
        command.add(file(broker).toString());
        return command;
    }

    private Path file(Broker broker) {
        return directory.resolve(broker.target() + ".properties");
    }

    private Path data(Broker broker) {
        return directory.resolve(broker.target().toString());
    }

    private static int id(Broker broker) {
        return broker.target().number() + 1;
    }

    private static String listener(Target client) {
        return client.role().name() + client.number();
    }

    private void write(Broker broker) throws Exception {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id(broker)));
        settings.put(
                "controller.quorum.voters",
                brokers.stream()
                        .map(each -> id(each) + "@127.0.0.1:" + each.controllerPort())
                        .collect(Collectors.joining(",")));
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", listener(broker.target()));
        List<String> names = new ArrayList<>(List.of(UNDISTURBED, CONTROLLER));
        List<String> listeners = new ArrayList<>();
        List<String> advertised = new ArrayList<>();
        listeners.add(address(UNDISTURBED, broker.port()));
        listeners.add(address(CONTROLLER, broker.controllerPort()));
        advertised.add(address(UNDISTURBED, broker.port()));
        broker.ports()
                .forEach(
                        (client, port) -> {
                            names.add(listener(client));
                            listeners.add(address(listener(client), port));
                            advertised.add(address(listener(client), link(client, broker).port()));
                        });
        settings.put("listeners", String.join(",", listeners));
        settings.put("advertised.listeners", String.join(",", advertised));
        settings.put(
                "listener.security.protocol.map",
                names.stream().map(name -> name + ":PLAINTEXT").collect(Collectors.joining(",")));
        settings.put("log.dirs", data(broker).toString());
        settings.putAll(SETTINGS);
        try (Writer writer = Files.newBufferedWriter(file(broker))) {
            settings.store(writer, null);
        }
    }

    /** As those of a local cluster are, and smaller. */
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("auto.create.topics.enable", "false"),
                    Map.entry("default.replication.factor", Integer.toString(REPLICATION)),
                    Map.entry("min.insync.replicas", "2"),
                    Map.entry("offsets.topic.replication.factor", Integer.toString(REPLICATION)),
                    Map.entry("offsets.topic.num.partitions", "2"),
                    Map.entry(
                            "transaction.state.log.replication.factor",
                            Integer.toString(REPLICATION)),
                    Map.entry("transaction.state.log.min.isr", "2"),
                    Map.entry("transaction.state.log.num.partitions", "2"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    Map.entry("group.min.session.timeout.ms", "1000"),
                    Map.entry("broker.session.timeout.ms", "3000"),
                    Map.entry("broker.heartbeat.interval.ms", "500"),
                    Map.entry("message.max.bytes", Integer.toString(SEGMENT_BYTES)),
                    Map.entry("replica.fetch.max.bytes", Integer.toString(SEGMENT_BYTES)),
                    Map.entry("log.segment.bytes", Integer.toString(SEGMENT_BYTES)),
                    // So that what is to be compacted is, in seconds.
                    Map.entry("log.cleaner.backoff.ms", "500"),
                    Map.entry("log.cleaner.threads", "1"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
                    Map.entry("num.network.threads", "1"),
                    Map.entry("num.io.threads", "4"),
                    Map.entry("num.recovery.threads.per.data.dir", "1"));

    private static String address(String listener, int port) {
        return listener.toUpperCase(Locale.ROOT) + "://127.0.0.1:" + port;
    }

    private void format(Broker broker, String cluster) throws Exception {
        Files.createDirectories(data(broker));
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(cluster)
                .setNodeId(id(broker))
                .setDirectories(List.of(data(broker).toString()))
                .setControllerListenerName(CONTROLLER)
                .run();
    }

    @Override
    public void close() {
        brokers.forEach(broker -> broker.links().values().forEach(Link::close));
    }
}
