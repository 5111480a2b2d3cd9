package io.tidescope.app.config;

import java.net.URI;
import java.nio.file.Path;

/** Who may make requests of the gateway and the ingest role, and how they are protected. */
final class HttpKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.INGEST, Role.GATEWAY);

    static final Setting<Path> TOKENS =
            GROUP.optional(
                    "http.tokens",
                    PathForm.file(),
                    "API tokens: on each line the JSON that `tidescope token create` prints behind"
                            + " `line:`; read again when it changes.");
    static final Setting<String> OIDC_ISSUER =
            GROUP.optional(
                    "http.oidc.issuer",
                    ScalarForm.line(),
                    "OpenID Connect provider whose JSON Web Tokens are accepted, as their `iss`"
                            + " names it.");
    static final Setting<String> OIDC_AUDIENCE =
            GROUP.optional("http.oidc.audience", ScalarForm.line(), "What must be in their `aud`.");
    static final Setting<URI> OIDC_KEYS =
            GROUP.optional(
                    "http.oidc.keys",
                    ScalarForm.keys(),
                    "The provider's public keys, a JSON Web Key Set.");
    static final Setting<String> OIDC_REPOSITORIES_CLAIM =
            GROUP.of(
                    "http.oidc.repositories-claim",
                    ScalarForm.line(),
                    HttpAccess.REPOSITORIES_CLAIM,
                    "The claim that lists the repositories a caller may see, as globs; none"
                            + " without it.");
    static final Setting<Path> TLS_CERTIFICATE =
            GROUP.optional(
                    "http.tls.certificate",
                    PathForm.file(),
                    "Certificate of the server and those of its chain, PEM; plain HTTP when not"
                            + " set.");
    static final Setting<Path> TLS_KEY =
            GROUP.optional(
                    "http.tls.key", PathForm.file(), "Its key: PEM, PKCS #8, not encrypted.");
    static final Setting<Boolean> INSECURE =
            GROUP.of(
                    "http.insecure",
                    ScalarForm.yesOrNo(),
                    "false",
                    "Whether others than this machine may do everything without a token. Only"
                            + " where something in front keeps strangers out.");

    private HttpKeys() {}
}
