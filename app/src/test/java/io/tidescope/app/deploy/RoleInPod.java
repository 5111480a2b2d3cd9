package io.tidescope.app.deploy;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.ArchiveLocation;
import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.GatewayConfiguration;
import io.tidescope.app.config.IngestConfiguration;
import io.tidescope.app.config.ParserConfiguration;
import io.tidescope.app.config.RegistryConfiguration;
import io.tidescope.app.config.Role;
import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.recovery.object.S3Location;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a role is configured in its pod.
 *
 * @param listens where it serves others, its admin address last
 * @param asked stores, of objects too, and registries that it asks
 */
record RoleInPod(
        ClusterConfiguration cluster, List<Address> listens, List<Address> asked, Object full) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static RoleInPod read(Role role, Configuration configuration) {
        return switch (role) {
            case INGEST -> {
                IngestConfiguration ingest = configuration.ingest();
                yield new RoleInPod(
                        ingest.cluster(),
                        List.of(ingest.listen(), ingest.admin()),
                        List.of(address(ingest.registry())),
                        ingest);
            }
            case PARSER -> {
                ParserConfiguration parser = configuration.parser();
                yield new RoleInPod(
                        parser.cluster(),
                        List.of(parser.admin()),
                        List.of(address(parser.registry())),
                        parser);
            }
            case STORE -> {
                StoreConfiguration store = configuration.store();
                yield new RoleInPod(
                        store.cluster(),
                        List.of(store.listen(), store.admin()),
                        List.of(address(store.registry())),
                        store);
            }
            case GATEWAY -> {
                GatewayConfiguration gateway = configuration.gateway();
                yield new RoleInPod(
                        gateway.cluster(),
                        List.of(gateway.listen(), gateway.admin()),
                        Stream.concat(
                                        Stream.of(address(gateway.registry())),
                                        gateway.stores().stream())
                                .toList(),
                        gateway);
            }
            case REGISTRY -> {
                RegistryConfiguration registry = configuration.registry();
                yield new RoleInPod(
                        registry.cluster(),
                        List.of(registry.listen(), registry.admin()),
                        List.of(),
                        registry);
            }
            case ARCHIVER -> {
                ArchiverConfiguration archiver = configuration.archiver();
                yield new RoleInPod(
                        archiver.cluster(),
                        List.of(archiver.admin()),
                        Stream.concat(
                                        Stream.of(address(archiver.registry())),
                                        storeOfObjects(archiver.archive()))
                                .toList(),
                        archiver);
            }
        };
    }

    /** Of a bucket; nobody is asked for a directory. */
    private static Stream<Address> storeOfObjects(ArchiveLocation archive) {
        return switch (archive) {
            case ArchiveLocation.Directory _ -> Stream.empty();
            case ArchiveLocation.Bucket(S3Location location, _) -> {
                URI endpoint = location.endpoint();
                yield Stream.of(
                        endpoint != null
                                ? address(endpoint)
                                : new Address(
                                        "s3.%s.amazonaws.com".formatted(location.region()), HTTPS));
            }
        };
    }

    private static Address address(URI uri) {
        int port = uri.getPort();
        return new Address(
                uri.getHost(), port >= 0 ? port : uri.getScheme().equals("https") ? HTTPS : HTTP);
    }
}
