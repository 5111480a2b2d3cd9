package io.tidescope.app.standalone;

import io.tidescope.app.child.Ports;
import io.tidescope.app.config.Address;
import io.tidescope.app.health.DiskHealth;
import io.tidescope.app.health.HealthBoard;
import io.tidescope.app.health.ParserHealth;
import io.tidescope.app.health.QueryHealth;
import io.tidescope.app.role.Foundation;
import io.tidescope.app.role.HttpServing;
import io.tidescope.app.role.IngestProgress;
import io.tidescope.app.role.IngestWatch;
import io.tidescope.app.role.Parts;
import io.tidescope.app.role.PublishStateFeed;
import io.tidescope.app.role.Publishing;
import io.tidescope.app.role.RoleWork;
import io.tidescope.app.role.StoreReadiness;
import io.tidescope.app.role.Surroundings;
import io.tidescope.app.role.TrialParses;
import io.tidescope.app.role.Webhooks;
import io.tidescope.ingest.EventLog;
import io.tidescope.ingest.IngestService;
import io.tidescope.ingest.IngestSettings;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.OwnToken;
import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.Receivers;
import io.tidescope.query.http.WebhookReceiver;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All roles in one process: the broker beside it, the registry, ingest, parser, store and gateway.
 *
 * <p>Started once.
 */
public final class Standalone implements RoleWork {
    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    private final DataDirectory data;
    private final StandaloneSettings settings;
    private final ApiToken token = ApiToken.create(new SecureRandom());
    private final IngestProgress progress = new IngestProgress();

    private volatile @Nullable IngestService ingest;
    private volatile @Nullable URI http;

    public Standalone(DataDirectory data, StandaloneSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts everything; the API takes requests when this returns, and repositories are followed.
     *
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use or the topics do not
     *     fit, UNAVAILABLE when the broker or the registry does not come up
     */
    @Override
    public void start(Surroundings surroundings) throws IOException, InterruptedException {
        Parts parts = surroundings.parts();
        // Everything else takes seconds to start, and this may be a second 'up'.
        Ports.requireFree(settings.host(), settings.port(), Duration.ZERO);
        // One that was killed left its own.
        Endpoints.remove(data.root());
        String index = IndexNote.read(data.root()).live();
        if (!Files.exists(data.store(index))) {
            // There will be much to parse, and not after a restart, which should be soon over.
            parts.add("warm-up", WarmUp.start());
        }
        Backbone backbone = backbone(settings.topics().withIndex(index).all(), surroundings);
        IndexNodes.Common common =
                new IndexNodes.Common(
                        backbone.kafka(),
                        settings.topics(),
                        data.nodeId(),
                        backbone.registry(),
                        surroundings.tracing());
        LiveIndex live =
                parts.add(
                        "index",
                        new LiveIndex(
                                IndexNodes.start(common, index, data.store(index)),
                                surroundings.meters(),
                                surroundings::failed));
        LocalReplays replays =
                parts.add("replays", LocalReplays.open(data, common, live, InstantSource.system()));
        IngestService following =
                parts.add(
                        "ingest",
                        new IngestService(
                                settings.repositories(),
                                new EventLog(
                                        backbone.kafka(),
                                        settings.topics(),
                                        backbone.registry(),
                                        surroundings.tracing()),
                                IngestSettings.DEFAULT,
                                InstantSource.system(),
                                progress));
        following.start();
        ingest = following;
        serve(live, replays, following, backbone, surroundings);
        watch(live, backbone, surroundings);
        IngestWatch.watch(following, progress, surroundings);
    }

    private Backbone backbone(List<Topic> topics, Surroundings surroundings)
            throws InterruptedException {
        StandaloneSettings.Cluster cluster = settings.cluster();
        return cluster == null
                ? Backbone.embedded(
                        data,
                        settings.brokerJava(),
                        topics,
                        surroundings.parts(),
                        () -> surroundings.failed(brokerLost()))
                : Backbone.of(cluster, topics, settings.topics().replication());
    }

    private void watch(LiveIndex live, Backbone backbone, Surroundings surroundings) {
        Parts parts = surroundings.parts();
        surroundings.readiness().require(() -> live.nodes().lacking());
        HealthBoard health = surroundings.health();
        health.add("repository", () -> StoreReadiness.reasons(live.nodes().store()));
        health.add("parser", new ParserHealth());
        health.add("query-engine", new QueryHealth(live.store()));
        health.add("disk", new DiskHealth(data.root()));
        Foundation.watch(surroundings, backbone.kafka(), () -> live.nodes().topics().all());
        Foundation.watch(
                surroundings,
                parts.add(
                        "schema registry client", new HttpSchemaRegistry(backbone.registryUri())));
    }

    private void serve(
            LiveIndex live,
            LocalReplays replays,
            IngestService following,
            Backbone backbone,
            Surroundings surroundings)
            throws IOException {
        Parts parts = surroundings.parts();
        AvroSerde<RefState> refStates =
                AvroSerde.forValue(
                        backbone.kafka().names().repositories(),
                        RefState.class,
                        backbone.registry());
        PublishStateFeed states =
                parts.add(
                        "publish states",
                        new PublishStateFeed(new RefStateTail(backbone.kafka(), refStates)));
        AdminSources sources =
                new AdminSources(
                        parts.add("trial parser", new TrialParses()),
                        () -> live.nodes().lag().lag(),
                        new OwnNode(() -> live.nodes().store()),
                        AnswerCache.NONE,
                        replays);
        HttpApi api =
                parts.add(
                        "HTTP",
                        HttpApi.start(
                                live.store(),
                                states,
                                new JavaPatternReader(),
                                sources,
                                new Receivers(following::poke, webhooks(following)),
                                surroundings.meters(),
                                HttpServing.settings(
                                        new Address(settings.host(), settings.port()),
                                        ApiLimits.TIMEOUT,
                                        settings.http(),
                                        List.of(new OwnToken(token)),
                                        surroundings.meters()),
                                surroundings.tracing()));
        String scheme = settings.http().tls() == null ? "http://" : "https://";
        URI address = URI.create(scheme + new Address(settings.host(), api.port()).reachable());
        new Endpoints(address, address, backbone.kafka().bootstrapServers(), backbone.registryUri())
                .write(data.root());
        parts.add("endpoints", () -> Endpoints.remove(data.root()));
        http = address;
        log.atInfo().addKeyValue("address", address).log("Serving");
    }

    private @Nullable WebhookReceiver webhooks(IngestService following) {
        String secret = settings.webhookSecret();
        return secret == null ? null : new Webhooks(secret, following::poke);
    }

    /** Where the HTTP API answers, once started. */
    public URI http() {
        return Objects.requireNonNull(http, "not started");
    }

    /** With which this process may ask itself, until it ends. */
    public ApiToken token() {
        return token;
    }

    /** How far publishing has come since the start. */
    public Publishing publishing() {
        return progress.of(Objects.requireNonNull(ingest, "not started"));
    }

    private TideScopeException brokerLost() {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the embedded broker died and could not be started again; "
                        + data.logs().resolve("broker.log")
                        + " says why");
    }

    @Override
    public Map<String, Object> status() {
        URI address = http;
        return address == null ? Map.of() : Map.of("address", address.toString());
    }
}
