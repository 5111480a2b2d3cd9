package io.tidescope.app.config;

import io.tidescope.ingest.IngestSettings;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
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
                                reader.get(Settings.CREATE_TOPICS),
                                reader.get(Settings.REGISTRY_URL),
                                reader.admin(Role.INGEST),
                                reader.address(Settings.INGEST_HOST, Settings.INGEST_PORT),
                                reader.get(Settings.REPOSITORIES),
                                new IngestSettings(
                                        reader.get(Settings.POLL),
                                        reader.get(Settings.FETCH_POLL),
                                        IngestSettings.DEFAULT.longestRetry(),
                                        reader.get(Settings.CONCURRENT_PUBLISHES),
                                        IngestSettings.DEFAULT.limits()),
                                reader.webhookSecret()));
    }

    public ParserConfiguration parser() {
        return read(
                Role.PARSER,
                reader ->
                        new ParserConfiguration(
                                reader.cluster(),
                                reader.get(Settings.REGISTRY_URL),
                                reader.admin(Role.PARSER),
                                new ParserSettings(
                                        reader.get(Settings.NODE_ID),
                                        reader.find(Settings.PARSER_THREADS)
                                                .orElse(ParserSettings.defaultThreads()),
                                        reader.get(Settings.PARSE_DEADLINE),
                                        reader.get(Settings.PARSER_SESSION))));
    }

    public StoreConfiguration store() {
        return read(
                Role.STORE,
                reader -> {
                    Address listen = reader.address(Settings.STORE_HOST, Settings.STORE_PORT);
                    return new StoreConfiguration(
                            reader.cluster(),
                            reader.get(Settings.REGISTRY_URL),
                            reader.admin(Role.STORE),
                            reader.get(Settings.NODE_ID),
                            listen,
                            reader.find(Settings.STORE_ADVERTISED).orElse(listen),
                            reader.get(Settings.STORE_DIRECTORY),
                            reader.get(Settings.STORE_THREADS),
                            reader.get(Settings.QUERY_THREADS),
                            reader.get(Settings.NATIVE_MEMORY),
                            reader.find(Settings.TREE_CACHE).orElse(-1L),
                            reader.get(Settings.STORE_SESSION),
                            reader.get(Settings.STORE_COMMIT),
                            reader.get(Settings.STANDBYS),
                            reader.find(Settings.RACK).orElse(null));
                });
    }

    public GatewayConfiguration gateway() {
        return read(
                Role.GATEWAY,
                reader ->
                        new GatewayConfiguration(
                                reader.cluster(),
                                reader.get(Settings.REGISTRY_URL),
                                reader.admin(Role.GATEWAY),
                                reader.address(Settings.GATEWAY_HOST, Settings.GATEWAY_PORT),
                                reader.get(Settings.STORES),
                                reader.get(Settings.TIMEOUT)));
    }

    public RegistryConfiguration registry() {
        return read(
                Role.REGISTRY,
                reader ->
                        new RegistryConfiguration(
                                reader.cluster(),
                                reader.admin(Role.REGISTRY),
                                reader.address(Settings.REGISTRY_HOST, Settings.REGISTRY_PORT)));
    }

    /** How to log, whatever the role. */
    public LogConfiguration log() {
        return read(
                null,
                reader ->
                        new LogConfiguration(
                                reader.get(Settings.LOG_FORMAT),
                                reader.find(Settings.LOG_FILE).orElse(null)));
    }

    /** The cluster alone, for what is no role. */
    public ClusterConfiguration cluster() {
        return read(null, RoleReader::cluster);
    }

    private <T> T read(@Nullable Role role, Function<RoleReader, T> build) {
        Problems problems = new Problems();
        Written written = new Written(Settings.all(), problems);
        if (file != null) {
            written.addFile(YamlFile.read(file));
        }
        written.addEnvironment(environment);
        Values values = new Values(Settings.all(), written.values(), problems);
        RoleReader reader = new RoleReader(values, problems);
        reader.check(role, written.values());
        problems.refuse(
                file == null ? "the configuration by environment variables" : file.toString());
        return build.apply(reader);
    }
}
