package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Authenticator;
import io.tidescope.query.access.OidcTokens;
import io.tidescope.query.access.TokenFile;
import io.tidescope.query.http.HttpSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Makes of what was configured how a process serves over HTTP. */
public final class HttpServing {
    private static final Logger log = LoggerFactory.getLogger(HttpServing.class);

    private HttpServing() {}

    /**
     * Reads tokens, keys and certificates; warns when anybody who reaches it may do everything.
     *
     * @param ours who is known besides, where anybody has to be
     * @param meters tell whether files that change can be used
     * @throws io.tidescope.schemas.TideScopeException PRECONDITION_FAILED when a file cannot be
     *     used
     */
    public static HttpSettings settings(
            Address listen,
            Duration timeout,
            HttpAccess http,
            List<Authenticator> ours,
            MeterRegistry meters) {
        if (http.isOpen() && !listen.isLoopback()) {
            log.atWarn()
                    .addKeyValue("address", listen)
                    .log(
                            "INSECURE: whoever reaches this address reads all code in the index,"
                                    + " for no tokens are configured and http.insecure is true");
        }
        HttpAccess.Tls tls = http.tls();
        if (!http.isOpen() && tls == null && !listen.isLoopback()) {
            log.atWarn()
                    .addKeyValue("address", listen)
                    .log(
                            "Tokens come to this address unencrypted, unless something in front of"
                                + " it ends TLS; http.tls.certificate and http.tls.key encrypt");
        }
        return new HttpSettings(
                listen.host(),
                listen.port(),
                timeout,
                access(http, ours, meters),
                tls == null
                        ? null
                        : ServerCertificate.context(tls, InstantSource.system(), meters));
    }

    private static Access access(HttpAccess http, List<Authenticator> ours, MeterRegistry meters) {
        if (http.isOpen()) {
            return Access.OPEN;
        }
        List<Authenticator> authenticators = new ArrayList<>(ours);
        if (http.tokens() != null) {
            authenticators.add(new TokenFile(http.tokens(), InstantSource.system(), meters));
        }
        if (http.oidc() != null) {
            authenticators.add(new OidcTokens(http.oidc(), InstantSource.system(), meters));
        }
        return Access.of(authenticators);
    }
}
