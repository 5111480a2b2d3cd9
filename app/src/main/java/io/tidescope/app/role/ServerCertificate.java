package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.query.access.WatchedFiles;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** Reads the certificate that a server of HTTP shows, and again when it changes. */
final class ServerCertificate {
    private static final char[] PASSWORD = {};

    private ServerCertificate() {}

    /**
     * What a server listens with; a certificate that replaces the one that is read first is shown
     * from then on.
     *
     * @throws TideScopeException PRECONDITION_FAILED when a file cannot be used, or they do not go
     *     together
     */
    static SSLContext context(HttpAccess.Tls tls, InstantSource clock, MeterRegistry meters) {
        WatchedFiles<X509ExtendedKeyManager> files =
                new WatchedFiles<>(
                        "http_certificate",
                        List.of(tls.certificate(), tls.key()),
                        () -> read(tls),
                        clock,
                        meters);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new WatchedKeys(files::current)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static X509ExtendedKeyManager read(HttpAccess.Tls tls) {
        try {
            KeyStore certificate = PemFile.read(tls.certificate(), tls.key(), PASSWORD);
            KeyPairs.require(certificate, PASSWORD);
            return KeyManagers.of(certificate, PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw refusal(tls.certificate(), tls.key(), e);
        }
    }

    private static TideScopeException refusal(Path certificate, Path key, Exception reason) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "http.tls: %s and %s cannot be used: %s"
                        .formatted(certificate, key, reason.getMessage()),
                reason);
    }
}
