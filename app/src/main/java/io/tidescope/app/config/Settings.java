package io.tidescope.app.config;

import java.util.List;
import java.util.stream.Stream;

/** Everything that can be configured, in the order of the documentation. */
final class Settings {
    private static final List<Setting<?>> ALL =
            Stream.of(
                            KafkaKeys.GROUP,
                            TopicKeys.GROUP,
                            RegistryKeys.GROUP,
                            NodeKeys.GROUP,
                            TracingKeys.GROUP,
                            TlsKeys.GROUP,
                            HttpKeys.GROUP,
                            IngestKeys.GROUP,
                            ParserKeys.GROUP,
                            StoreKeys.GROUP,
                            GatewayKeys.GROUP,
                            CacheKeys.GROUP,
                            ArchiveKeys.GROUP,
                            BackupKeys.GROUP,
                            RegionKeys.GROUP,
                            RegionKeys.PEER)
                    .<Setting<?>>flatMap(group -> group.all().stream())
                    .toList();

    private Settings() {}

    static List<Setting<?>> all() {
        return ALL;
    }
}
