package io.tidescope.query.access;

/** Finds out whose a bearer token is. Safe for concurrent use. */
public interface Authenticator {
    /** Whether tokens that look like this one are its own to judge. */
    boolean judges(String token);

    /**
     * Judges a token.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when that cannot be done now
     */
    Authentication authenticate(String token);
}
