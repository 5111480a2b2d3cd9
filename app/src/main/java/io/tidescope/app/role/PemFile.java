package io.tidescope.app.role;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text file of certificates and, perhaps, the key of the first of them (RFC 7468). */
final class PemFile {
    private static final String BEGIN = "-----BEGIN";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /** What the key is kept under. */
    static final String KEY = "key";

    private static final int MAX_BYTES = 1024 * 1024;

    private PemFile() {}

    static boolean isPem(Path file) throws IOException {
        return text(file).stripLeading().startsWith(BEGIN);
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than %d bytes".formatted(MAX_BYTES));
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /**
     * The key with all certificates as its chain, or the certificates if there is no key.
     *
     * @param password what the key is kept with in what is returned
     */
    static KeyStore read(Path file, char[] password) throws IOException, GeneralSecurityException {
        return parse(text(file), password);
    }

    /** The same of two files that belong together. */
    static KeyStore read(Path certificates, Path key, char[] password)
            throws IOException, GeneralSecurityException {
        String chain = text(certificates);
        if (BLOCK.matcher(chain).results().noneMatch(it -> it.group(1).equals("CERTIFICATE"))) {
            throw new GeneralSecurityException("the first has no certificate");
        }
        return parse(chain + '\n' + text(key), password);
    }

    private static KeyStore parse(String text, char[] password) throws GeneralSecurityException {
        List<Certificate> certificates = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] content = decode(block.group(2));
            switch (block.group(1)) {
                case "CERTIFICATE" -> {
                    Certificate certificate =
                            x509.generateCertificate(new ByteArrayInputStream(content));
                    // A file of a key may hold its certificate as well.
                    if (!certificates.contains(certificate)) {
                        certificates.add(certificate);
                    }
                }
                case "PRIVATE KEY" -> keys.add(key(content));
                default ->
                        throw new GeneralSecurityException(
                                "it has a %s; a key must be a PRIVATE KEY (PKCS #8), not encrypted"
                                        .formatted(block.group(1)));
            }
        }
        if (certificates.isEmpty() || keys.size() > 1) {
            throw new GeneralSecurityException(
                    "it has %d certificates and %d keys"
                            .formatted(certificates.size(), keys.size()));
        }
        KeyStore store = empty();
        if (keys.isEmpty()) {
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("certificate-" + i, certificates.get(i));
            }
        } else {
            store.setKeyEntry(
                    KEY, keys.getFirst(), password, certificates.toArray(Certificate[]::new));
        }
        return store;
    }

    /** In memory, to be filled. */
    static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }

    private static byte[] decode(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is not well formed", e);
        }
    }

    /** The bytes say of which algorithm it is, and each factory reads its own alone. */
    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // Of another algorithm.
            }
        }
        throw new GeneralSecurityException("its key is none of " + KEY_ALGORITHMS);
    }
}
