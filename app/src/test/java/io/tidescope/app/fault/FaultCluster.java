package io.tidescope.app.fault;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.PackagedApplication;
import io.tidescope.testing.fault.FaultKind;
import io.tidescope.testing.fault.Link;
import io.tidescope.testing.fault.Target;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster of processes that one test has alone: three brokers, and the roles, each started with a
 * configuration file as an operator does, and again when it ends by itself. Between any two that
 * talk to each other is a link, and every store has a disk of its own.
 */
final class FaultCluster implements AutoCloseable {
    static final int PARTITIONS = 4;

    /** How many there are of each. */
    static final Map<Target.Role, Integer> SHAPE =
            Map.of(
                    Target.Role.BROKER, 3,
                    Target.Role.REGISTRY, 1,
                    Target.Role.INGEST, 1,
                    Target.Role.PARSER, 2,
                    Target.Role.STORE, 3,
                    Target.Role.GATEWAY, 1);

    /** So short that a store can be away for longer. */
    private static final Duration HISTORY = Duration.ofSeconds(15);

    /** Segments that are written to are not compacted. */
    private static final List<AlterConfigOp> COMPACTED_SOON =
            Stream.of(
                            new ConfigEntry("segment.ms", "3000"),
                            new ConfigEntry("min.cleanable.dirty.ratio", "0.01"))
                    .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                    .toList();

    private static final String HEAP = "-Xmx160m";
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration REVIVE_PAUSE = Duration.ofSeconds(1);
    private static final Target REGISTRY = new Target(Target.Role.REGISTRY, 0);
    private static final Target GATEWAY = new Target(Target.Role.GATEWAY, 0);

    private final Path directory;
    private final KafkaQuorum kafka;
    private final Map<Target, NodeProcess> processes = new TreeMap<>();
    private final Map<Target, Integer> ports = new TreeMap<>();
    private final Map<Target, Health> health = new TreeMap<>();
    private final Map<Target, StoreDisk> disks = new TreeMap<>();
    private final Map<Target, Link> storeLinks = new TreeMap<>();
    private final Queue<String> revived = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private FaultCluster(Path directory, Path repository, List<String> java) throws Exception {
        this.directory = directory;
        List<Target> roles =
                targets(
                        Target.Role.REGISTRY,
                        Target.Role.INGEST,
                        Target.Role.PARSER,
                        Target.Role.STORE,
                        Target.Role.GATEWAY);
        StablePorts free = new StablePorts();
        kafka = new KafkaQuorum(Files.createDirectories(directory.resolve("kafka")), roles, free);
        Path logs = Files.createDirectories(directory.resolve("logs"));
        kafka.processes(logs).forEach(broker -> processes.put(broker.target(), broker));
        for (Target role : roles) {
            ports.put(role, free.take());
            health.put(role, new Health(free.take()));
            processes.put(
                    role, new NodeProcess(role, command(role, java), logs.resolve(role + ".out")));
        }
        for (Target store : targets(Target.Role.STORE)) {
            disks.put(store, StoreDisk.create(directory.resolve(store.toString())));
            storeLinks.put(store, Link.to(port(store), free.take()));
        }
        configure(repository);
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param repository what is followed
     */
    static FaultCluster start(Path directory, Path repository) throws Exception {
        return start(directory, repository, PackagedApplication.java(HEAP));
    }

    /** The same of an application that was packaged from another version. */
    static FaultCluster startOther(Path directory, Path repository, Path jar) throws Exception {
        return start(directory, repository, PackagedApplication.java(jar, HEAP));
    }

    private static FaultCluster start(Path directory, Path repository, List<String> java)
            throws Exception {
        FaultCluster cluster = new FaultCluster(directory, repository, java);
        try {
            cluster.start();
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void start() throws Exception {
        // What stands still does not notice that its parent is gone.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of the cluster"));
        targets(Target.Role.BROKER).forEach(broker -> process(broker).start());
        awaitReady(targets(Target.Role.BROKER));
        createTopics();
        process(REGISTRY).start();
        awaitReady(List.of(REGISTRY));
        processes.values().forEach(NodeProcess::start);
        Thread.ofPlatform().daemon().name("keeper").start(this::keep);
        awaitReady(processes.keySet());
    }

    private void createTopics() throws Exception {
        Topics topics = new Topics(Namespace.NONE, PARTITIONS, new Replication(3, 2), HISTORY);
        try (Admin admin = Admin.create(connection().clientProperties())) {
            new TopicAdmin(admin).ensure(topics);
            ConfigResource documents =
                    new ConfigResource(ConfigResource.Type.TOPIC, topics.documents().name());
            admin.incrementalAlterConfigs(Map.of(documents, COMPACTED_SOON))
                    .all()
                    .get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void awaitReady(Collection<Target> targets) {
        Eventually.until(
                START_LIMIT,
                targets + " are ready",
                () -> notReady(targets).isEmpty(),
                () -> notReady(targets).toString());
    }

    /** Starts again what ended by itself, as orchestrators do. */
    private void keep() {
        while (!closed) {
            for (NodeProcess process : processes.values()) {
                if (!closed && process.revive()) {
                    revived.add(process.target().toString());
                }
            }
            LockSupport.parkNanos(REVIVE_PAUSE.toNanos());
        }
    }

    /** Which processes ended by themselves since the last call. */
    List<String> takeRevived() {
        List<String> taken = new ArrayList<>();
        for (String each = revived.poll(); each != null; each = revived.poll()) {
            taken.add(each);
        }
        return taken;
    }

    /** Those that are not ready, with why. */
    Map<Target, String> notReady(Collection<Target> targets) {
        Map<Target, String> reasons = new TreeMap<>();
        for (Target target : targets) {
            if (target.role() != Target.Role.BROKER) {
                String reason = health(target).notReady();
                if (!reason.isEmpty()) {
                    reasons.put(target, reason);
                }
            }
        }
        // Asked last, for it costs most.
        if (reasons.isEmpty() && targets.containsAll(targets(Target.Role.BROKER))) {
            Set<Integer> present = brokers();
            for (Target broker : targets(Target.Role.BROKER)) {
                if (!present.contains(broker.number() + 1)) {
                    reasons.put(broker, "is not in the quorum");
                }
            }
        }
        return reasons;
    }

    /** Ids of those that are well; none when nobody tells. */
    private Set<Integer> brokers() {
        try (Admin admin = Admin.create(connection().clientProperties())) {
            return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).stream()
                    .map(Node::id)
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException e) {
            return Set.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    Collection<Target> all() {
        return processes.keySet();
    }

    /** All processes of some roles. */
    static List<Target> targets(Target.Role... roles) {
        List<Target> targets = new ArrayList<>();
        for (Target.Role role : roles) {
            for (int number = 0; number < SHAPE.getOrDefault(role, 0); number++) {
                targets.add(new Target(role, number));
            }
        }
        return targets;
    }

    /** What can be made to go wrong here; says on standard output what cannot, and why. */
    List<FaultKind> possible() {
        List<FaultKind> possible = new ArrayList<>(List.of(FaultKind.values()));
        if (!disks.values().stream().allMatch(StoreDisk::canBeFilled)) {
            possible.remove(FaultKind.FULL_DISK);
            System.out.println("FULL_DISK is left out: no small file system can be mounted here");
        }
        if (!FakeClock.isAvailable()) {
            possible.remove(FaultKind.CLOCK_JUMP);
            System.out.println("CLOCK_JUMP is left out: there is no libfaketime here");
        }
        return possible;
    }

    NodeProcess process(Target target) {
        return Objects.requireNonNull(processes.get(target), target.toString());
    }

    Health health(Target target) {
        return Objects.requireNonNull(health.get(target), target.toString());
    }

    StoreDisk disk(Target store) {
        return Objects.requireNonNull(disks.get(store), store.toString());
    }

    /** What carries everything that one says to the other. */
    Link link(Target from, Target to) {
        return to.role() == Target.Role.BROKER
                ? kafka.link(from, to)
                : Objects.requireNonNull(storeLinks.get(to), to.toString());
    }

    FakeClock clock(Target target) {
        return new FakeClock(directory.resolve(target + ".clock"));
    }

    /** Past all links. */
    KafkaConnection connection() {
        return KafkaConnection.to(kafka.bootstrap());
    }

    URI registry() {
        return URI.create("http://127.0.0.1:" + port(REGISTRY));
    }

    IndexClient client() {
        return new IndexClient(URI.create("http://127.0.0.1:" + port(GATEWAY)));
    }

    private int port(Target role) {
        return Objects.requireNonNull(ports.get(role), role.toString());
    }

    private static String subcommand(Target role) {
        return role.toString().replaceAll("-\\d+$", "");
    }

    /** Stops a process and starts it again as this version. */
    void upgrade(Target target) {
        NodeProcess process = process(target);
        if (!process.stop()) {
            throw new AssertionError(target + " does not stop by itself");
        }
        process.becomes(command(target, PackagedApplication.java(HEAP)));
        process.start();
    }

    private List<String> command(Target role, List<String> java) {
        List<String> command = new ArrayList<>(java);
        command.addAll(
                List.of(
                        "io.tidescope.app.Main",
                        subcommand(role),
                        "--attached",
                        "--config",
                        file(role).toString()));
        return command;
    }

    private Path file(Target role) {
        return directory.resolve(role + ".yaml");
    }

    /** Writes what each role is started with. */
    private void configure(Path repository) throws IOException {
        RoleFiles files =
                new RoleFiles(
                        "{partitions: %d, replication: 3, min-insync-replicas: 2, history: %ds}"
                                .formatted(PARTITIONS, HISTORY.toSeconds()),
                        registry(),
                        storeLinks.values().stream().map(FaultCluster::address).toList());
        for (Target role : ports.keySet()) {
            String own =
                    switch (role.role()) {
                        case BROKER, REGISTRY -> "";
                        case INGEST -> RoleFiles.ingest(port(role), repository);
                        case PARSER -> RoleFiles.PARSER;
                        case STORE ->
                                RoleFiles.store(
                                        port(role),
                                        address(link(GATEWAY, role)),
                                        disk(role).data());
                        case GATEWAY -> files.gateway(port(role));
                    };
            Files.writeString(
                    file(role),
                    files.common(role, kafka.bootstrap(role), health(role).port()) + own);
        }
    }

    private static String address(Link link) {
        return "127.0.0.1:" + link.port();
    }

    @Override
    public void close() {
        closed = true;
        processes.values().forEach(NodeProcess::close);
        storeLinks.values().forEach(Link::close);
        kafka.close();
        disks.values().forEach(StoreDisk::close);
    }
}
