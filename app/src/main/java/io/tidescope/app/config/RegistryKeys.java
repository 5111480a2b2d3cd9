package io.tidescope.app.config;

import java.net.URI;
import java.util.Set;

/** The schema registry, and that of TideScope itself. */
final class RegistryKeys {
    static final SettingGroup GROUP =
            new SettingGroup(Role.INGEST, Role.PARSER, Role.STORE, Role.GATEWAY, Role.ARCHIVER);

    static final Setting<URI> REGISTRY_URL =
            GROUP.required(
                    "registry.url",
                    ScalarForm.http(),
                    "Where the schema registry answers (Confluent's protocol).");
    static final Setting<String> REGISTRY_HOST =
            GROUP.of(
                    "registry.host",
                    ScalarForm.host(),
                    "127.0.0.1",
                    Set.of(Role.REGISTRY),
                    "Interface that TideScope's own registry listens on; `0.0.0.0` for all.");
    static final Setting<Integer> REGISTRY_PORT =
            GROUP.of(
                    "registry.port",
                    ScalarForm.port(),
                    "8081",
                    Set.of(Role.REGISTRY),
                    "Port of TideScope's own registry.");

    static final Setting<Boolean> REGISTRY_INSECURE =
            GROUP.of(
                    "registry.insecure",
                    ScalarForm.yesOrNo(),
                    "false",
                    Set.of(Role.REGISTRY),
                    "Whether others than this machine may read and add schemas in TideScope's own"
                            + " registry, which asks nobody who they are. Only where the network"
                            + " keeps strangers out.");

    private RegistryKeys() {}
}
