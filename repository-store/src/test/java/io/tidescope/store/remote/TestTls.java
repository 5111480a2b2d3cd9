package io.tidescope.store.remote;

import org.jspecify.annotations.Nullable;

import java.security.KeyStore;
import java.util.Collections;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** How one of two sides speaks TLS. */
final class TestTls {
    /** Of all keys. */
    static final String PASSWORD = "password";

    private TestTls() {}

    /**
     * @param own shown to the other side; null for nothing
     * @param trusted whose certificates are believed
     */
    static SSLContext context(@Nullable KeyStore own, KeyStore trusted) throws Exception {
        KeyManagerFactory mine =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(own, PASSWORD.toCharArray());
        TrustManagerFactory theirs =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        for (String alias : Collections.list(trusted.aliases())) {
            certificates.setCertificateEntry(alias, trusted.getCertificate(alias));
        }
        theirs.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : mine.getKeyManagers(), theirs.getTrustManagers(), null);
        return context;
    }
}
