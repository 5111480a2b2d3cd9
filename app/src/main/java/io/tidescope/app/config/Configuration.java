package io.tidescope.app.config;

import io.tidescope.ingest.IngestSettings;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a configuration file and the environment say, to be read as the configuration of a role.
 *
 * <p>Whatever is wrong is told at once, and nothing is read then. Both may also say what other
 * roles need, so that all roles of a deployment can share a file; that must be right, too.
 */
public final class Configuration {
    private final @Nullable Path file;
    private final Map<String, String> environment;

    /**
     * @param file null for none: then the environment says everything
     * @param environment environment variables, those of others included
     */
    public Configuration(@Nullable Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT with all that is wrong; so are the others
     */
    public IngestConfiguration ingest() {
        return read(
                Role.INGEST,
                reader ->
                        new IngestConfiguration(
                                reader.cluster(),
                                reader.get(TopicKeys.CREATE_TOPICS),
                                reader.get(RegistryKeys.REGISTRY_URL),
                                reader.admin(Role.INGEST),
                                reader.address(IngestKeys.INGEST_HOST, IngestKeys.INGEST_PORT),
                                reader.http(),
                                reader.get(IngestKeys.REPOSITORIES),
                                new IngestSettings(
                                        reader.get(IngestKeys.POLL),
                                        reader.get(IngestKeys.FETCH_POLL),
                                        IngestSettings.DEFAULT.longestRetry(),
                                        reader.get(IngestKeys.CONCURRENT_PUBLISHES),
                                        IngestSettings.DEFAULT.limits()),
                                reader.webhookSecret().orElse(null),
                                reader.region().region().orElse(null)));
    }

    public ParserConfiguration parser() {
        return read(
                Role.PARSER,
                reader ->
                        new ParserConfiguration(
                                reader.cluster(),
                                reader.get(RegistryKeys.REGISTRY_URL),
                                reader.admin(Role.PARSER),
                                new ParserSettings(
                                        reader.get(NodeKeys.NODE_ID),
                                        reader.find(ParserKeys.PARSER_THREADS)
                                                .orElse(ParserSettings.defaultThreads()),
                                        reader.get(ParserKeys.PARSE_DEADLINE),
                                        reader.get(ParserKeys.PARSER_SESSION))));
    }

    public StoreConfiguration store() {
        return read(
                Role.STORE,
                reader -> {
                    Address listen = reader.address(StoreKeys.STORE_HOST, StoreKeys.STORE_PORT);
                    return new StoreConfiguration(
                            reader.cluster(),
                            reader.get(RegistryKeys.REGISTRY_URL),
                            reader.admin(Role.STORE),
                            reader.get(NodeKeys.NODE_ID),
                            listen,
                            reader.find(StoreKeys.STORE_ADVERTISED).orElse(listen),
                            reader.get(StoreKeys.STORE_DIRECTORY),
                            reader.get(StoreKeys.STORE_THREADS),
                            reader.get(StoreKeys.QUERY_THREADS),
                            reader.get(StoreKeys.NATIVE_MEMORY),
                            reader.find(StoreKeys.TREE_CACHE).orElse(-1L),
                            reader.get(StoreKeys.STORE_SESSION),
                            reader.get(StoreKeys.STORE_COMMIT),
                            reader.get(StoreKeys.STANDBYS),
                            reader.nodeTls().orElse(null),
                            reader.find(StoreKeys.RACK).orElse(null));
                });
    }

    public GatewayConfiguration gateway() {
        return read(
                Role.GATEWAY,
                reader ->
                        new GatewayConfiguration(
                                reader.cluster(),
                                reader.get(RegistryKeys.REGISTRY_URL),
                                reader.admin(Role.GATEWAY),
                                reader.address(GatewayKeys.GATEWAY_HOST, GatewayKeys.GATEWAY_PORT),
                                reader.get(GatewayKeys.STORES),
                                reader.nodeTls().orElse(null),
                                reader.http(),
                                reader.get(GatewayKeys.TIMEOUT),
                                reader.cache()));
    }

    public RegistryConfiguration registry() {
        return read(
                Role.REGISTRY,
                reader ->
                        new RegistryConfiguration(
                                reader.cluster(),
                                reader.admin(Role.REGISTRY),
                                reader.address(
                                        RegistryKeys.REGISTRY_HOST, RegistryKeys.REGISTRY_PORT)));
    }

    /** Of the role, and of whoever makes and restores backups without it. */
    public ArchiverConfiguration archiver() {
        return read(
                Role.ARCHIVER,
                reader ->
                        new ArchiverConfiguration(
                                reader.cluster(),
                                reader.get(RegistryKeys.REGISTRY_URL),
                                reader.admin(Role.ARCHIVER),
                                reader.archive().location(),
                                reader.archive().schedule()));
    }

    /** Of whoever looks at two regions, and changes which one publishes. */
    public RegionPairConfiguration regions() {
        return read(
                null,
                (reader, written) -> reader.region().checkPair(written),
                reader -> reader.region().pair(reader.cluster()));
    }

    /** How to log, whatever the role. */
    public LogConfiguration log() {
        return read(
                null,
                reader ->
                        new LogConfiguration(
                                reader.get(NodeKeys.LOG_FORMAT),
                                reader.find(NodeKeys.LOG_FILE).orElse(null)));
    }

    /** Where traces go; nowhere, whatever is written, for a role that makes none. */
    public TracingConfiguration tracing(Role role) {
        return TracingKeys.ENDPOINT.usedBy(role)
                ? read(
                        role,
                        reader ->
                                new TracingConfiguration(
                                        "tidescope-" + role.command(),
                                        NodeKeys.NODE_ID.usedBy(role)
                                                ? reader.get(NodeKeys.NODE_ID)
                                                : null,
                                        reader.find(TracingKeys.ENDPOINT).orElse(null),
                                        reader.get(TracingKeys.SAMPLE)))
                : TracingConfiguration.OFF;
    }

    /** The cluster alone, for what is no role. */
    public ClusterConfiguration cluster() {
        return read(null, RoleReader::cluster);
    }

    private <T> T read(@Nullable Role role, Function<RoleReader, T> build) {
        return read(role, (_, _) -> {}, build);
    }

    /**
     * @param check of a reader and what is written, for more than the role needs
     */
    private <T> T read(
            @Nullable Role role,
            BiConsumer<RoleReader, Set<String>> check,
            Function<RoleReader, T> build) {
        Problems problems = new Problems();
        Written written = new Written(Settings.all(), problems);
        if (file != null) {
            written.addFile(YamlFile.read(file));
        }
        written.addEnvironment(environment);
        Values values = new Values(Settings.all(), written.values(), role, problems);
        RoleReader reader = new RoleReader(role, values, problems);
        reader.check(written.values().keySet());
        check.accept(reader, written.values().keySet());
        problems.refuse(
                file == null ? "the configuration by environment variables" : file.toString());
        return build.apply(reader);
    }
}
