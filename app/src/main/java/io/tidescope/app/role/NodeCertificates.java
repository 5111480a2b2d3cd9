package io.tidescope.app.role;

import io.tidescope.app.config.NodeTls;
import io.tidescope.app.config.Secret;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Enumeration;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the certificates with which nodes know each other. */
public final class NodeCertificates {
    private static final String PROTOCOL = "TLSv1.3";

    private NodeCertificates() {}

    /**
     * What connections between nodes are made with; null for plain ones.
     *
     * @throws TideScopeException PRECONDITION_FAILED when a file cannot be used
     */
    public static @Nullable SSLContext context(@Nullable NodeTls tls) {
        if (tls == null) {
            return null;
        }
        char[] keyPassword = password(tls.keystorePassword());
        try {
            KeyStore own = read("node.tls.keystore", tls.keystore(), keyPassword);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, keyPassword);
            TrustManagerFactory trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(
                    authorities(
                            read(
                                    "node.tls.truststore",
                                    tls.truststore(),
                                    password(tls.truststorePassword()))));
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw refusal("node.tls", tls.keystore(), e);
        }
    }

    private static KeyStore read(String setting, Path file, char[] password) {
        try {
            return PemFile.isPem(file)
                    ? PemFile.read(file, password)
                    : KeyStore.getInstance(file.toFile(), password);
        } catch (IOException | GeneralSecurityException e) {
            throw refusal(setting, file, e);
        }
    }

    /** A certificate beside a key is not trusted otherwise. */
    private static KeyStore authorities(KeyStore read) throws GeneralSecurityException {
        KeyStore trusted = PemFile.empty();
        Enumeration<String> aliases = read.aliases();
        while (aliases.hasMoreElements()) {
            String alias = aliases.nextElement();
            trusted.setCertificateEntry(alias, read.getCertificate(alias));
        }
        return trusted;
    }

    private static char[] password(@Nullable Secret secret) {
        return secret == null ? new char[0] : secret.value().toCharArray();
    }

    private static TideScopeException refusal(String setting, Path file, Exception reason) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "%s: %s cannot be used: %s".formatted(setting, file, reason.getMessage()),
                reason);
    }
}
