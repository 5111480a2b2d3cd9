package io.tidescope.app.role;

import io.tidescope.app.config.IngestConfiguration;
import io.tidescope.app.config.RegionConfiguration;
import io.tidescope.app.config.RepositoryEntry;
import io.tidescope.app.config.Secret;
import io.tidescope.ingest.EventLog;
import io.tidescope.ingest.IngestService;
import io.tidescope.ingest.PublishPermit;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows repositories, publishes what moves, and takes pokes and webhooks. */
public final class IngestRole implements RoleWork {
    private final IngestConfiguration configuration;
    private final IngestProgress progress = new IngestProgress();
    private volatile @Nullable IngestService service;
    private volatile @Nullable RegionMembership region;
    private volatile int port;

    public IngestRole(IngestConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        Parts parts = surroundings.parts();
        List<TrackedRepository> repositories = repositories(configuration.repositories());
        KafkaConnection kafka = configuration.cluster().kafka();
        Topics topics = configuration.cluster().topics();
        Patience patience = Patience.of(configuration.cluster().patience(), surroundings);
        patience.await(
                () -> {
                    if (configuration.createTopics()) {
                        ClusterCheck.ensureTopics(kafka, topics);
                    } else {
                        ClusterCheck.requireTopics(kafka, topics);
                    }
                });
        HttpSchemaRegistry registry =
                RegistryClient.open(configuration.registry(), parts, patience);
        Foundation.watch(surroundings, kafka, topics);
        Foundation.watch(surroundings, registry);
        EventLog log =
                new EventLog(kafka, topics, registry, surroundings.tracing(), permit(surroundings));
        IngestService following =
                parts.add(
                        "ingest",
                        new IngestService(
                                repositories,
                                log,
                                configuration.settings(),
                                InstantSource.system(),
                                progress));
        Secret secret = configuration.webhookSecret();
        HttpApi receivers =
                parts.add(
                        "pokes and webhooks",
                        HttpApi.receive(
                                new Receivers(
                                        following::poke,
                                        secret == null
                                                ? null
                                                : new Webhooks(secret.value(), following::poke)),
                                surroundings.meters(),
                                HttpServing.settings(
                                        configuration.listen(),
                                        ApiLimits.TIMEOUT,
                                        configuration.http(),
                                        List.of(),
                                        surroundings.meters()),
                                surroundings.tracing()));
        port = receivers.port();
        following.start();
        service = following;
        IngestWatch.watch(following, progress, surroundings);
    }

    private PublishPermit permit(Surroundings surroundings) {
        RegionConfiguration configured = configuration.region();
        if (configured == null) {
            return PublishPermit.ALWAYS;
        }
        RegionMembership member = RegionMembership.start(configured, surroundings);
        region = member;
        return member.permit();
    }

    /** Opens all of them; what cannot be opened is told at once. */
    private static List<TrackedRepository> repositories(List<RepositoryEntry> entries) {
        List<TrackedRepository> repositories = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RepositoryEntry entry : entries) {
            try {
                repositories.add(
                        TrackedRepository.of(
                                entry.directory(), entry.name(), entry.refs(), entry.fetch()));
            } catch (TideScopeException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "ingest.repositories cannot be followed:\n  " + String.join("\n  ", problems));
        }
        return repositories;
    }

    @Override
    public Map<String, Object> status() {
        IngestService following = service;
        if (following == null) {
            return Map.of();
        }
        Publishing now = progress.of(following);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("address", configuration.listen().withPort(port).toString());
        status.put("changes", now.changes());
        status.put("settled", now.settled());
        status.put("problems", now.problems());
        RegionMembership member = region;
        if (member != null) {
            status.put("region", member.status());
        }
        return status;
    }
}
