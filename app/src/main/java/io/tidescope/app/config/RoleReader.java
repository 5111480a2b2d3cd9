package io.tidescope.app.config;

import io.tidescope.query.access.OidcSettings;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what roles have in common; checks first, so that building the records cannot fail. */
final class RoleReader {
    private static final int BROKERS = Replication.BROKERS_DEFAULT.replicas();

    private static final Set<String> EVERY_INTERFACE = Set.of("0.0.0.0", "::");

    private final @Nullable Role role;
    private final Values values;
    private final Problems problems;
    private final KafkaConnection kafka;
    private final Optional<Secret> webhookSecret;
    private final Optional<Secret> cachePassword;
    private final Optional<NodeTls> nodeTls;
    private final HttpAccess http;
    private final ArchiveReader archive;
    private final RegionReader region;

    /**
     * @param role null for none: then only what all roles use is needed
     */
    RoleReader(@Nullable Role role, Values values, Problems problems) {
        this.role = role;
        this.values = values;
        this.problems = problems;
        kafka = KafkaProperties.connection(values, problems);
        webhookSecret = secret(IngestKeys.WEBHOOK_SECRET, IngestKeys.WEBHOOK_SECRET_FILE);
        cachePassword = secret(CacheKeys.CACHE_PASSWORD, CacheKeys.CACHE_PASSWORD_FILE);
        nodeTls = TlsKeys.NODE_TLS.usedBy(role) ? readNodeTls() : Optional.empty();
        http = readHttp();
        archive = new ArchiveReader(values, problems);
        region = new RegionReader(values, problems, archive);
    }

    private HttpAccess readHttp() {
        Optional<String> issuer = find(HttpKeys.OIDC_ISSUER);
        Optional<String> audience = find(HttpKeys.OIDC_AUDIENCE);
        Optional<URI> keys = find(HttpKeys.OIDC_KEYS);
        requireTogether(HttpKeys.OIDC_ISSUER, HttpKeys.OIDC_AUDIENCE, HttpKeys.OIDC_KEYS);
        Optional<Path> certificate = find(HttpKeys.TLS_CERTIFICATE);
        Optional<Path> key = find(HttpKeys.TLS_KEY);
        requireTogether(HttpKeys.TLS_CERTIFICATE, HttpKeys.TLS_KEY);
        return new HttpAccess(
                find(HttpKeys.TOKENS).orElse(null),
                issuer.isPresent() && audience.isPresent() && keys.isPresent()
                        ? new OidcSettings(
                                issuer.get(),
                                audience.get(),
                                keys.get(),
                                get(HttpKeys.OIDC_REPOSITORIES_CLAIM))
                        : null,
                certificate.isPresent() && key.isPresent()
                        ? new HttpAccess.Tls(certificate.get(), key.get())
                        : null);
    }

    private void requireTogether(Setting<?>... settings) {
        long there = Stream.of(settings).filter(setting -> find(setting).isPresent()).count();
        if (there > 0 && there < settings.length) {
            problems.add(
                    "%s go together; set all of them, or none"
                            .formatted(
                                    Stream.of(settings)
                                            .map(Setting::key)
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** What others reach must know who asks, or say that something else does. */
    private void checkReach() {
        switch (role) {
            case GATEWAY -> checkHttpReach(GatewayKeys.GATEWAY_HOST);
            case INGEST -> checkHttpReach(IngestKeys.INGEST_HOST);
            case STORE -> {
                if (nodeTls.isEmpty()) {
                    checkReach(StoreKeys.STORE_HOST, TlsKeys.NODE_TLS.key(), TlsKeys.NODE_INSECURE);
                }
            }
            case REGISTRY ->
                    checkReach(
                            RegistryKeys.REGISTRY_HOST,
                            "it to 127.0.0.1",
                            RegistryKeys.REGISTRY_INSECURE);
            case PARSER, ARCHIVER -> {}
            case null -> {}
        }
    }

    private void checkHttpReach(Setting<String> host) {
        if (http.isOpen()) {
            checkReach(
                    host,
                    HttpKeys.TOKENS.key() + " or " + HttpKeys.OIDC_ISSUER.key(),
                    HttpKeys.INSECURE);
        }
    }

    /**
     * @param mended what to set for that it knows who asks
     */
    private void checkReach(Setting<String> host, String mended, Setting<Boolean> insecure) {
        Address address = new Address(find(host).orElse("127.0.0.1"), 0);
        if (!address.isLoopback() && !find(insecure).orElse(false)) {
            problems.add(
                    "%s: others reach %s, and nothing says who of them may do what; set %s, or %s to true if something in front of it keeps strangers out"
                            .formatted(host.key(), address.host(), mended, insecure.key()));
        }
    }

    /** Of other roles none: it may be in a file that is not on this machine. */
    private Optional<Secret> secret(Setting<Secret> secret, Setting<Path> file) {
        return secret.usedBy(role) ? values.secret(secret, file) : Optional.empty();
    }

    private Optional<NodeTls> readNodeTls() {
        Optional<Path> keystore = find(TlsKeys.NODE_KEYSTORE);
        Optional<Path> truststore = find(TlsKeys.NODE_TRUSTSTORE);
        Optional<Secret> keystorePassword =
                secret(TlsKeys.NODE_KEYSTORE_PASSWORD, TlsKeys.NODE_KEYSTORE_PASSWORD_FILE);
        Optional<Secret> truststorePassword =
                secret(TlsKeys.NODE_TRUSTSTORE_PASSWORD, TlsKeys.NODE_TRUSTSTORE_PASSWORD_FILE);
        boolean enabled = find(TlsKeys.NODE_TLS).orElse(false);
        if (enabled && keystore.isPresent() && truststore.isPresent()) {
            return Optional.of(
                    new NodeTls(
                            keystore.get(),
                            keystorePassword.orElse(null),
                            truststore.get(),
                            truststorePassword.orElse(null)));
        }
        if (enabled || keystore.isPresent() || truststore.isPresent()) {
            problems.add(
                    "%s, %s and %s go together; set all three, or none"
                            .formatted(
                                    TlsKeys.NODE_TLS.key(),
                                    TlsKeys.NODE_KEYSTORE.key(),
                                    TlsKeys.NODE_TRUSTSTORE.key()));
        }
        return Optional.empty();
    }

    /**
     * Adds what is missing, and what does not go together.
     *
     * @param written keys of what is said
     */
    void check(Set<String> written) {
        for (Setting<?> setting : Settings.all()) {
            if (setting.required() && setting.usedBy(role) && !written.contains(setting.key())) {
                problems.missing(setting);
            }
        }
        checkReplication();
        checkReach();
        if (role == Role.ARCHIVER) {
            archive.readCredentials();
            archive.checkSchedule();
        }
        if (role == Role.INGEST) {
            region.check(written);
        }
        if (role == Role.STORE
                && EVERY_INTERFACE.contains(find(StoreKeys.STORE_HOST).orElse(""))
                && !written.contains(StoreKeys.STORE_ADVERTISED.key())) {
            problems.missing(
                    StoreKeys.STORE_ADVERTISED,
                    ": nobody reaches the node at %s %s"
                            .formatted(
                                    StoreKeys.STORE_HOST.key(),
                                    find(StoreKeys.STORE_HOST).orElse("")));
        }
    }

    private void checkReplication() {
        int replicas = find(TopicKeys.REPLICAS).orElse(BROKERS);
        int minInsync = find(TopicKeys.MIN_INSYNC).orElse(BROKERS);
        if (minInsync != BROKERS && replicas == BROKERS) {
            problems.add(
                    "%s is set and %s is not; set both, or leave both to the brokers"
                            .formatted(TopicKeys.MIN_INSYNC.key(), TopicKeys.REPLICAS.key()));
        } else if (minInsync > replicas) {
            problems.add(
                    "%s: %d is more than %s, which is %d"
                            .formatted(
                                    TopicKeys.MIN_INSYNC.key(),
                                    minInsync,
                                    TopicKeys.REPLICAS.key(),
                                    replicas));
        }
    }

    <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    <T> Optional<T> find(Setting<T> setting) {
        return values.find(setting);
    }

    ClusterConfiguration cluster() {
        return new ClusterConfiguration(
                kafka,
                new Topics(
                        kafka.names(),
                        get(TopicKeys.PARTITIONS),
                        new Replication(
                                find(TopicKeys.REPLICAS).orElse(BROKERS),
                                find(TopicKeys.MIN_INSYNC).orElse(BROKERS)),
                        get(TopicKeys.HISTORY)),
                get(NodeKeys.PATIENCE));
    }

    Address admin(Role of) {
        return new Address(
                get(NodeKeys.ADMIN_HOST), find(NodeKeys.ADMIN_PORT).orElse(of.adminPort()));
    }

    Address address(Setting<String> host, Setting<Integer> port) {
        return new Address(get(host), get(port));
    }

    Optional<Secret> webhookSecret() {
        return webhookSecret;
    }

    /** Empty for plain connections. */
    Optional<NodeTls> nodeTls() {
        return nodeTls;
    }

    HttpAccess http() {
        return http;
    }

    ArchiveReader archive() {
        return archive;
    }

    RegionReader region() {
        return region;
    }

    CacheConfiguration cache() {
        return new CacheConfiguration(
                get(CacheKeys.CACHE_MEMORY),
                find(CacheKeys.CACHE_NODES).orElse(List.of()),
                cachePassword.orElse(null),
                get(CacheKeys.CACHE_TLS),
                get(CacheKeys.CACHE_TIMEOUT),
                get(CacheKeys.CACHE_KEEP));
    }
}
