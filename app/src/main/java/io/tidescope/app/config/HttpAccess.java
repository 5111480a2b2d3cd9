package io.tidescope.app.config;

import io.tidescope.query.access.OidcSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Who may make requests over HTTP, and how they are protected.
 *
 * @param tokens file of API tokens; null for none
 * @param oidc whose JSON Web Tokens are accepted; null for nobody's
 * @param tls null for plain connections
 */
public record HttpAccess(@Nullable Path tokens, @Nullable OidcSettings oidc, @Nullable Tls tls) {
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
}
