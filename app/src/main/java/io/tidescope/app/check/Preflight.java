package io.tidescope.app.check;

import com.sun.management.UnixOperatingSystemMXBean;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tidescope.app.child.Ports;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.ArchiveLocation;
import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.GatewayConfiguration;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.app.config.IngestConfiguration;
import io.tidescope.app.config.NodeTls;
import io.tidescope.app.config.ParserConfiguration;
import io.tidescope.app.config.RegistryConfiguration;
import io.tidescope.app.config.RepositoryEntry;
import io.tidescope.app.config.Role;
import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.app.health.DiskHealth;
import io.tidescope.app.role.ArchiveStore;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.HttpServing;
import io.tidescope.app.role.NodeCertificates;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be known before a role is started: whether its configuration is right, and all that it
 * names is there. Changes nothing.
 */
public final class Preflight {
    /** RocksDB keeps its tables open, and each partition has some hundreds. */
    private static final long LEAST_FILES = 16_384;

    private static final int CONNECT_MILLIS = 3_000;

    private final Checklist checklist;

    private Preflight(Consumer<Finding> told) {
        checklist = new Checklist(told);
    }

    /**
     * Looks at everything a role needs.
     *
     * @param told hears of each finding at once
     * @return all of them
     */
    public static List<Finding> of(Role role, Configuration configuration, Consumer<Finding> told)
            throws InterruptedException {
        Preflight preflight = new Preflight(told);
        preflight.check(role, configuration);
        return preflight.checklist.findings();
    }

    private void check(Role role, Configuration configuration) throws InterruptedException {
        switch (role) {
            case INGEST -> check(configuration::ingest, this::ingest);
            case PARSER -> check(configuration::parser, this::parser);
            case STORE -> check(configuration::store, this::store);
            case GATEWAY -> check(configuration::gateway, this::gateway);
            case REGISTRY -> check(configuration::registry, this::registry);
            case ARCHIVER -> check(configuration::archiver, this::archiver);
        }
    }

    private interface Reading<T> {
        T read();
    }

    private interface Checking<T> {
        void check(T configuration) throws InterruptedException;
    }

    /** Nothing can be looked at of a configuration that cannot be read. */
    private <T> void check(Reading<T> reading, Checking<T> checking) throws InterruptedException {
        List<T> read = new ArrayList<>();
        checklist.check(
                "configuration",
                subject -> {
                    read.add(reading.read());
                    return Finding.ok(subject, "every setting can be used");
                });
        for (T configuration : read) {
            checking.check(configuration);
        }
    }

    private void ingest(IngestConfiguration configuration) throws InterruptedException {
        cluster(configuration.cluster(), configuration.createTopics());
        registry(configuration.registry());
        port("admin", configuration.admin());
        port("ingest", configuration.listen());
        http(configuration.listen(), configuration.http());
        for (RepositoryEntry entry : configuration.repositories()) {
            checklist.check(
                    "repository " + entry.directory(),
                    subject ->
                            Finding.ok(
                                    subject,
                                    "is indexed as "
                                            + TrackedRepository.of(
                                                            entry.directory(),
                                                            entry.name(),
                                                            entry.refs(),
                                                            entry.fetch())
                                                    .name()));
        }
    }

    private void parser(ParserConfiguration configuration) throws InterruptedException {
        cluster(configuration.cluster(), false);
        registry(configuration.registry());
        port("admin", configuration.admin());
    }

    private void store(StoreConfiguration configuration) throws InterruptedException {
        cluster(configuration.cluster(), false);
        registry(configuration.registry());
        port("admin", configuration.admin());
        port("store", configuration.listen());
        nodeTls(configuration.tls());
        checklist.check("directory", subject -> directory(subject, configuration.directory()));
        checklist.check("open files", Preflight::openFiles);
    }

    private void gateway(GatewayConfiguration configuration) throws InterruptedException {
        cluster(configuration.cluster(), false);
        registry(configuration.registry());
        port("admin", configuration.admin());
        port("gateway", configuration.listen());
        http(configuration.listen(), configuration.http());
        nodeTls(configuration.tls());
        for (Address store : configuration.stores()) {
            checklist.check("store " + store, subject -> reach(subject, store));
        }
    }

    private void registry(RegistryConfiguration configuration) throws InterruptedException {
        kafka(configuration.cluster());
        port("admin", configuration.admin());
        port("registry", configuration.listen());
        checklist.check(
                "access",
                subject ->
                        configuration.listen().isLoopback()
                                ? Finding.ok(subject, "by whoever is on this machine")
                                : Finding.warning(
                                        subject,
                                        "by whoever reaches %s: registry.insecure says so"
                                                .formatted(configuration.listen())));
    }

    private void archiver(ArchiverConfiguration configuration) throws InterruptedException {
        cluster(configuration.cluster(), false);
        registry(configuration.registry());
        port("admin", configuration.admin());
        checklist.check(
                "archive",
                subject ->
                        switch (configuration.archive()) {
                            case ArchiveLocation.Directory(var path) ->
                                    Files.isDirectory(path)
                                            ? directory(subject, path)
                                            : Finding.failed(subject, path + " is not there");
                            case ArchiveLocation.Bucket bucket -> backups(subject, bucket);
                        });
    }

    private static Finding backups(String subject, ArchiveLocation.Bucket bucket) {
        try (ObjectStore store = ArchiveStore.open(bucket)) {
            return Finding.ok(
                    subject,
                    "%d backups in %s".formatted(new Archive(store).backups().size(), store));
        }
    }

    private void cluster(ClusterConfiguration cluster, boolean creates)
            throws InterruptedException {
        if (!kafka(cluster)) {
            return; // it would be asked in vain for its topics
        }
        checklist.check(
                "topics",
                subject -> {
                    if (creates) {
                        return Finding.ok(subject, "are created and checked at the start");
                    }
                    ClusterCheck.requireTopics(cluster.kafka(), cluster.topics());
                    return Finding.ok(
                            subject,
                            "%d, with %d partitions and settings that fit"
                                    .formatted(
                                            cluster.topics().all().size(),
                                            cluster.topics().partitions()));
                });
    }

    private boolean kafka(ClusterConfiguration cluster) throws InterruptedException {
        return checklist.check(
                "kafka",
                subject -> {
                    ClusterCheck.reach(cluster.kafka());
                    return Finding.ok(
                            subject, "brokers answer at " + cluster.kafka().bootstrapServers());
                });
    }

    private void registry(URI registry) throws InterruptedException {
        checklist.check(
                "schema registry",
                subject -> {
                    try (HttpSchemaRegistry client = new HttpSchemaRegistry(registry)) {
                        client.check();
                    }
                    return Finding.ok(subject, "answers at " + registry);
                });
    }

    private void port(String name, Address address) throws InterruptedException {
        checklist.check(
                "port of " + name,
                subject ->
                        Ports.awaitFree(address.host(), address.port(), Duration.ZERO)
                                ? Finding.ok(subject, address + " is free")
                                : Finding.failed(
                                        subject,
                                        address
                                                + " is in use, or no address of this machine;"
                                                + " perhaps the role runs already"));
    }

    private void http(Address listen, HttpAccess http) throws InterruptedException {
        checklist.check(
                "access",
                subject -> {
                    HttpServing.settings(
                            listen,
                            ApiLimits.TIMEOUT,
                            http,
                            List.of(),
                            new CompositeMeterRegistry());
                    String encrypted = http.tls() == null ? "over plain HTTP" : "over TLS";
                    if (!http.isOpen()) {
                        return Finding.ok(subject, "by token, " + encrypted);
                    }
                    return listen.isLoopback()
                            ? Finding.ok(subject, "by whoever is on this machine, " + encrypted)
                            : Finding.warning(
                                    subject,
                                    "by whoever reaches %s, %s: http.insecure says so"
                                            .formatted(listen, encrypted));
                });
    }

    private void nodeTls(@Nullable NodeTls tls) throws InterruptedException {
        checklist.check(
                "connections between nodes",
                subject -> {
                    NodeCertificates.context(
                            tls, InstantSource.system(), new CompositeMeterRegistry());
                    return tls == null
                            ? Finding.warning(subject, "are plain: node.tls encrypts them")
                            : Finding.ok(subject, "are encrypted");
                });
    }

    private static Finding directory(String subject, Path directory) throws IOException {
        Path there = directory.toAbsolutePath().normalize();
        while (!Files.exists(there)) {
            Path parent = there.getParent();
            if (parent == null) {
                return Finding.failed(subject, directory + " cannot be made");
            }
            there = parent;
        }
        List<String> problems = new DiskHealth(there).problems();
        return problems.isEmpty()
                ? Finding.ok(
                        subject,
                        "%,d MiB are free at %s"
                                .formatted(
                                        Files.getFileStore(there).getUsableSpace() >> 20,
                                        directory))
                : Finding.failed(subject, String.join("; ", problems));
    }

    private static Finding openFiles(String subject) {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean os)) {
            return Finding.ok(subject, "have no limit that is known");
        }
        long limit = os.getMaxFileDescriptorCount();
        return limit >= LEAST_FILES
                ? Finding.ok(subject, "%,d at most".formatted(limit))
                : Finding.warning(
                        subject,
                        "%,d at most; a store with many partitions takes up to %,d"
                                .formatted(limit, LEAST_FILES));
    }

    private static Finding reach(String subject, Address store) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(store.host(), store.port()), CONNECT_MILLIS);
            return Finding.ok(subject, "takes connections");
        } catch (IOException e) {
            return Finding.warning(
                    subject, "does not take connections yet: %s".formatted(e.getMessage()));
        }
    }
}
