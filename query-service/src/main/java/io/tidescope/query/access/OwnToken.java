package io.tidescope.query.access;

import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.store.query.RepositoryGlobs;

import java.security.MessageDigest;
import java.util.Set;

/** The token with which a process asks itself, made when it starts and known to nobody else. */
public final class OwnToken implements Authenticator {
    private static final Caller OURSELVES =
            new Caller("tidescope", Set.of(Permission.READ), RepositoryGlobs.ALL);

    private final byte[] digest;

    public OwnToken(ApiToken token) {
        digest = token.digest();
    }

    @Override
    public boolean judges(String token) {
        return MessageDigest.isEqual(digest, new ApiToken(token).digest());
    }

    @Override
    public Authentication authenticate(String token) {
        return new Granted(OURSELVES);
    }
}
