package io.tidescope.app.role;

import io.tidescope.app.config.HttpAccess;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads the certificate that a server of HTTP shows. */
final class ServerCertificate {
    private static final char[] PASSWORD = {};
    private static final byte[] SAMPLE = {1, 2, 3};

    private ServerCertificate() {}

    /**
     * What a server listens with.
     *
     * @throws TideScopeException PRECONDITION_FAILED when a file cannot be used, or they do not go
     *     together
     */
    static SSLContext context(HttpAccess.Tls tls) {
        try {
            KeyStore certificate = PemFile.read(tls.certificate(), tls.key(), PASSWORD);
            requirePair(certificate, tls);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw refusal(tls.certificate(), tls.key(), e);
        }
    }

    /** Otherwise every client would be refused later, and none would know why. */
    private static void requirePair(KeyStore store, HttpAccess.Tls tls)
            throws GeneralSecurityException {
        if (!(store.getKey(PemFile.KEY, PASSWORD) instanceof PrivateKey key)) {
            throw new GeneralSecurityException("there is no key");
        }
        Signature signature =
                Signature.getInstance(
                        switch (key.getAlgorithm()) {
                            case "RSA" -> "SHA256withRSA";
                            case "EC" -> "SHA256withECDSA";
                            default -> "EdDSA";
                        });
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(store.getCertificate(PemFile.KEY));
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
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
