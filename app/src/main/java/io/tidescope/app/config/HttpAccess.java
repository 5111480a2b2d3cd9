package io.tidescope.app.config;

import io.tidescope.query.access.OidcSettings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may make requests over HTTP, and how they are protected.
 *
 * @param tokens file of API tokens; null for none
 * @param oidc whose JSON Web Tokens are accepted; null for nobody's
 * @param tls null for plain connections
 */
public record HttpAccess(@Nullable Path tokens, @Nullable OidcSettings oidc, @Nullable Tls tls) {
    /** The claim that lists repositories, where nothing else is said. */
    public static final String REPOSITORIES_CLAIM = "tidescope_repositories";

    /** Whoever reaches it may do everything. */
    public static final HttpAccess OPEN = new HttpAccess(null, null, null);

    /**
     * The server's certificate.
     *
     * @param certificate with those of its chain, PEM
     * @param key its key, PEM
     */
    public record Tls(Path certificate, Path key) {}

    /** Whether nobody has to prove who they are. */
    public boolean isOpen() {
        return tokens == null && oidc == null;
    }

    /** Where public keys of tokens are: an address of https, or a file; empty for what is none. */
    public static Optional<URI> keysAt(String text) {
        try {
            return text.contains("://")
                    ? Optional.of(URI.create(text))
                            .filter(ScalarForm::isHttp)
                            .filter(uri -> "https".equals(uri.getScheme()))
                    : Optional.of(Path.of(text).toUri());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
