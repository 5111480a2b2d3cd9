package io.tidescope.app.config;

import java.nio.file.Path;
import java.util.Set;

/** How store nodes and gateways know each other. */
final class TlsKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.STORE, Role.GATEWAY);

    static final Setting<Boolean> NODE_TLS =
            GROUP.of(
                    "node.tls.enabled",
                    ScalarForm.yesOrNo(),
                    "false",
                    "Whether store nodes and gateways speak encrypted, and only with who shows a"
                            + " certificate that is trusted; the same for all of them.");
    static final Setting<Path> NODE_KEYSTORE =
            GROUP.optional(
                    "node.tls.keystore",
                    PathForm.file(),
                    "Key and certificate of this node: PEM (both in one file, the key as PKCS #8),"
                            + " PKCS #12 or JKS; that of a store for the name it is reached by.");
    static final Setting<Secret> NODE_KEYSTORE_PASSWORD =
            GROUP.secret("node.tls.keystore-password", "What opens the keystore; none for PEM.");
    static final Setting<Path> NODE_KEYSTORE_PASSWORD_FILE = GROUP.fileOf(NODE_KEYSTORE_PASSWORD);
    static final Setting<Path> NODE_TRUSTSTORE =
            GROUP.optional(
                    "node.tls.truststore",
                    PathForm.file(),
                    "Certificates to trust, of an authority or of the nodes: PEM, PKCS #12 or"
                            + " JKS.");
    static final Setting<Secret> NODE_TRUSTSTORE_PASSWORD =
            GROUP.secret(
                    "node.tls.truststore-password", "What opens the truststore; none for PEM.");
    static final Setting<Path> NODE_TRUSTSTORE_PASSWORD_FILE =
            GROUP.fileOf(NODE_TRUSTSTORE_PASSWORD);

    static final Setting<Boolean> NODE_INSECURE =
            GROUP.of(
                    "node.insecure",
                    ScalarForm.yesOrNo(),
                    "false",
                    Set.of(Role.STORE),
                    "Whether a store that others than this machine reach answers whoever reaches"
                            + " it, without `node.tls`. Only where the network keeps strangers"
                            + " out.");

    private TlsKeys() {}
}
