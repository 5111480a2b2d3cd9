package io.tidescope.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Makes keys with certificates that they sign themselves, by the JDK's keytool. */
public final class SelfSignedKey {
    private SelfSignedKey() {}

    /** A key of this machine, see {@link #make(Path, String, String, String)}. */
    public static KeyStore make(Path directory, String name, String password)
            throws IOException, GeneralSecurityException, InterruptedException {
        return make(directory, name, "SAN=IP:127.0.0.1,DNS:localhost", password);
    }

    /**
     * Leaves {@code NAME.p12}, {@code NAME-certificate.pem} and, with the key, {@code NAME.pem}.
     *
     * @param name of the files, the key's alias and its owner
     * @param subject whose it is, as keytool's {@code -ext} takes it
     */
    public static KeyStore make(Path directory, String name, String subject, String password)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                subject,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                password)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("keytool.out").toFile())
                        .start();
        if (keytool.waitFor() != 0) {
            throw new AssertionError(Files.readString(directory.resolve("keytool.out")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, password.toCharArray());
        }
        String certificate = pem("CERTIFICATE", keys.getCertificate(name).getEncoded());
        String key = pem("PRIVATE KEY", keys.getKey(name, password.toCharArray()).getEncoded());
        Files.writeString(directory.resolve(name + "-certificate.pem"), certificate);
        Files.writeString(directory.resolve(name + ".pem"), key + certificate);
        return keys;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content),
                        kind);
    }
}
