package io.tidescope.query.access;

import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who may make requests: whoever some authenticators know, or anybody where there is none. Safe for
 * concurrent use.
 */
public final class Access {
    /** Anybody may do everything. */
    public static final Access OPEN = new Access(List.of());

    private static final String SCHEME = "Bearer ";

    private final List<Authenticator> authenticators;

    private Access(List<Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    /** Whom one of these knows, and nobody else. */
    public static Access of(List<Authenticator> authenticators) {
        if (authenticators.isEmpty()) {
            throw new IllegalArgumentException("nobody could be known; that is OPEN");
        }
        return new Access(authenticators);
    }

    /** Whether anybody may do everything. */
    public boolean isOpen() {
        return authenticators.isEmpty();
    }

    /**
     * Finds out who a request is from.
     *
     * @param authorization the header {@code Authorization} (RFC 6750); null when there is none
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when that cannot be found out now
     */
    public Authentication authenticate(@Nullable String authorization) {
        if (isOpen()) {
            return new Granted(Caller.ANYBODY);
        }
        if (authorization == null) {
            return new Refused(
                    "This needs a token: send the header 'Authorization: Bearer TOKEN'.");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Refused("The header Authorization must be 'Bearer TOKEN'.");
        }
        String token = authorization.substring(SCHEME.length()).strip();
        for (Authenticator authenticator : authenticators) {
            if (authenticator.judges(token)) {
                return authenticator.authenticate(token);
            }
        }
        return new Refused("The token is none of a kind that is accepted here.");
    }
}
