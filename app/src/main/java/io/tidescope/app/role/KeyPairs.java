package io.tidescope.app.role;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Collections;

/** Whether keys and certificates belong together. */
final class KeyPairs {
    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyPairs() {}

    /**
     * Refuses a store without a key, or with one that is another certificate's: otherwise everybody
     * would be refused later, and none would know why.
     *
     * @throws GeneralSecurityException what is wrong with it
     */
    static void require(KeyStore store, char[] password) throws GeneralSecurityException {
        boolean found = false;
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                require(store, alias, password);
                found = true;
            }
        }
        if (!found) {
            throw new GeneralSecurityException("there is no key");
        }
    }

    private static void require(KeyStore store, String alias, char[] password)
            throws GeneralSecurityException {
        if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
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
        signature.initVerify(store.getCertificate(alias));
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
