package io.tidescope.app.role;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes of keys and certificates what connections are made with. */
final class KeyManagers {
    private KeyManagers() {}

    static X509ExtendedKeyManager of(KeyStore own, char[] password)
            throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        return only(keys.getKeyManagers(), X509ExtendedKeyManager.class);
    }

    static X509ExtendedTrustManager trusting(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory trusted =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        return only(trusted.getTrustManagers(), X509ExtendedTrustManager.class);
    }

    private static <T> T only(Object[] managers, Class<T> type) throws GeneralSecurityException {
        return Arrays.stream(managers)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no " + type.getSimpleName()));
    }
}
