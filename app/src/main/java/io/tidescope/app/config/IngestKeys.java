package io.tidescope.app.config;

import io.tidescope.ingest.IngestService;
import io.tidescope.ingest.IngestSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Which repositories are followed, and how. */
final class IngestKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.INGEST);

    static final Setting<String> INGEST_HOST =
            GROUP.of(
                    "ingest.host",
                    ScalarForm.host(),
                    "127.0.0.1",
                    "Interface for pokes and webhooks; `0.0.0.0` for all.");
    static final Setting<Integer> INGEST_PORT =
            GROUP.of("ingest.port", ScalarForm.port(), "8082", "Port for pokes and webhooks.");
    static final Setting<List<RepositoryEntry>> REPOSITORIES =
            GROUP.required(
                    "ingest.repositories",
                    new ListForm<>(RepositoryEntry.FORM, IngestService.MAX_REPOSITORIES),
                    "Repositories to follow.");
    static final Setting<Duration> POLL =
            GROUP.of(
                    "ingest.poll",
                    ScalarForm.duration(Duration.ofMillis(10), Duration.ofHours(24)),
                    ScalarForm.show(IngestSettings.DEFAULT.poll()),
                    "How often refs are looked at when nobody pokes.");
    static final Setting<Duration> FETCH_POLL =
            GROUP.of(
                    "ingest.fetch-poll",
                    ScalarForm.duration(Duration.ofMillis(10), Duration.ofHours(24)),
                    ScalarForm.show(IngestSettings.DEFAULT.fetchPoll()),
                    "The same for repositories whose origin is fetched first.");
    static final Setting<Integer> CONCURRENT_PUBLISHES =
            GROUP.of(
                    "ingest.concurrent-publishes",
                    ScalarForm.wholeNumber(1, 64),
                    Integer.toString(IngestSettings.DEFAULT.concurrentPublishes()),
                    "Repositories published at the same time, and as many again whose"
                            + " publish takes long.");
    static final Setting<Secret> WEBHOOK_SECRET =
            GROUP.secret(
                    "ingest.webhook-secret",
                    "What code hosts sign webhooks with; no webhooks without.");
    static final Setting<Path> WEBHOOK_SECRET_FILE = GROUP.fileOf(WEBHOOK_SECRET);

    private IngestKeys() {}
}
