package io.tidescope.app.cli;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.query.access.OidcSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.net.URI;
import java.nio.file.Path;

/** Who may make requests over HTTP, and how they are protected; the settings {@code http.…}. */
final class HttpOptions {
    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description =
                    "API tokens, the lines that 'token create' prints; without, and without"
                            + " --http-oidc-…, nobody needs one.")
    private @Nullable Path tokens;

    @ArgGroup(exclusive = false)
    private @Nullable Oidc oidc;

    @ArgGroup(exclusive = false)
    private @Nullable Tls tls;

    @Option(
            names = "--insecure",
            description = "Let whoever reaches --host do everything without a token.")
    private boolean insecure;

    /** An OpenID Connect provider; all of it or nothing. */
    @SuppressWarnings("NullAway.Init") // picocli sets what is required
    private static final class Oidc {
        @Option(
                names = "--http-oidc-issuer",
                paramLabel = "URL",
                required = true,
                description = "Take JSON Web Tokens of this OpenID Connect provider.")
        private String issuer;

        @Option(
                names = "--http-oidc-audience",
                paramLabel = "NAME",
                required = true,
                description = "What must be in their 'aud'.")
        private String audience;

        @Option(
                names = "--http-oidc-keys",
                paramLabel = "URL",
                required = true,
                converter = Keys.class,
                description = "The provider's public keys: an address of https, or a file.")
        private URI keys;

        @Option(
                names = "--http-oidc-repositories-claim",
                paramLabel = "NAME",
                defaultValue = HttpAccess.REPOSITORIES_CLAIM,
                description =
                        "The claim that lists what a caller may see (default: ${DEFAULT-VALUE}).")
        private String repositoriesClaim;
    }

    /** The server's certificate and its key. */
    @SuppressWarnings("NullAway.Init") // picocli sets what is required
    private static final class Tls {
        @Option(
                names = "--http-tls-certificate",
                paramLabel = "FILE",
                required = true,
                description = "Serve over TLS with this certificate and those of its chain, PEM.")
        private Path certificate;

        @Option(
                names = "--http-tls-key",
                paramLabel = "FILE",
                required = true,
                description = "Its key: PEM, PKCS #8, not encrypted.")
        private Path key;
    }

    private static final class Keys implements picocli.CommandLine.ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            return HttpAccess.keysAt(text)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "must be an address that begins with https://,"
                                                    + " without user and password, or a file"));
        }
    }

    /** What is wrong with them at this address; null when nothing is. */
    @Nullable String problem(Address listen) {
        return access().isOpen() && !listen.isLoopback() && !insecure
                ? "others reach %s, and nothing says who of them may do what; give --tokens or --http-oidc-issuer, or --insecure if something in front of it keeps strangers out"
                        .formatted(listen.host())
                : null;
    }

    HttpAccess access() {
        return new HttpAccess(
                tokens,
                oidc == null
                        ? null
                        : new OidcSettings(
                                oidc.issuer, oidc.audience, oidc.keys, oidc.repositoriesClaim),
                tls == null ? null : new HttpAccess.Tls(tls.certificate, tls.key));
    }
}
