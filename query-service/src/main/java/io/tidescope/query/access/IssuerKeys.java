package io.tidescope.query.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The public keys of an issuer of tokens, from a file that is {@linkplain WatchedFiles watched}, or
 * from an address.
 *
 * <p>Those at an address are fetched when they are first needed, kept for some minutes, fetched
 * anew by a thread of their own in the last of them, and fetched again when a token names one that
 * is not among them, at most twice in half a minute. While they cannot be fetched, those that were
 * last hold for some hours. Nobody waits for them longer than a few seconds.
 */
final class IssuerKeys {
    private static final int FETCH_MILLIS = 1_000;
    private static final long WAIT_MILLIS = 2 * FETCH_MILLIS + 500;
    private static final int MAX_BYTES = 256 * 1024;
    private static final long KEPT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long AHEAD_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long OUTAGE_MILLIS = Duration.ofHours(4).toMillis();

    private final JWKSource<SecurityContext> source;
    private volatile boolean known;

    /**
     * @throws TideScopeException PRECONDITION_FAILED when a file of keys cannot be used
     */
    IssuerKeys(URI place, InstantSource clock, MeterRegistry meters) {
        source = "file".equals(place.getScheme()) ? inFile(place, clock, meters) : at(url(place));
    }

    JWKSource<SecurityContext> source() {
        return source;
    }

    /** Whether there have been any. */
    boolean known() {
        return known;
    }

    private JWKSource<SecurityContext> inFile(
            URI place, InstantSource clock, MeterRegistry meters) {
        Path file = Path.of(place);
        WatchedFiles<JWKSet> keys =
                new WatchedFiles<>("oidc_keys", List.of(file), () -> read(file), clock, meters);
        known = true;
        return (selector, context) -> selector.select(keys.current());
    }

    private static JWKSet read(Path file) {
        try {
            return JWKSet.load(file.toFile());
        } catch (IOException | ParseException e) {
            throw unusable(file.toUri(), e);
        }
    }

    private static URL url(URI place) {
        try {
            return place.toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw unusable(place, e);
        }
    }

    private JWKSource<SecurityContext> at(URL address) {
        return JWKSourceBuilder.create(new Fetched(address))
                .cache(KEPT_MILLIS, WAIT_MILLIS)
                .refreshAheadCache(
                        AHEAD_MILLIS,
                        null,
                        Executors.newSingleThreadExecutor(
                                Thread.ofPlatform().daemon().name("issuer-keys").factory()),
                        true,
                        null,
                        false)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
    }

    /** Knows whether it ever succeeded. */
    private final class Fetched implements JWKSetSource<SecurityContext> {
        private final URLBasedJWKSetSource<SecurityContext> keys;

        Fetched(URL address) {
            keys =
                    new URLBasedJWKSetSource<>(
                            address,
                            new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MAX_BYTES));
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            JWKSet fetched = keys.getJWKSet(refresh, now, context);
            known = true;
            return fetched;
        }

        @Override
        public void close() throws IOException {
            keys.close();
        }
    }

    private static TideScopeException unusable(URI place, Exception reason) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "The keys of the token issuer at %s cannot be used: %s"
                        .formatted(place, reason.getMessage()),
                reason);
    }
}
