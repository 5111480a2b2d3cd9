package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.config.NodeTls;
import io.tidescope.app.config.Secret;
import io.tidescope.query.access.WatchedFiles;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads the certificates with which nodes know each other, and again when they change. */
public final class NodeCertificates {
    private static final String PROTOCOL = "TLSv1.3";
    private static final int SESSION_SECONDS = 1;

    private NodeCertificates() {}

    /** Whom this node is, and whom it trusts. */
    private record Certificates(X509ExtendedKeyManager own, X509ExtendedTrustManager trusted) {}

    /**
     * What connections between nodes are made with; null for plain ones. Certificates that replace
     * those that are read first hold for connections that are made from then on.
     *
     * @throws TideScopeException PRECONDITION_FAILED when a file cannot be used
     */
    public static @Nullable SSLContext context(
            @Nullable NodeTls tls, InstantSource clock, MeterRegistry meters) {
        if (tls == null) {
            return null;
        }
        WatchedFiles<Certificates> files =
                new WatchedFiles<>(
                        "node_certificates",
                        List.of(tls.keystore(), tls.truststore()),
                        () -> read(tls),
                        clock,
                        meters);
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(
                    new KeyManager[] {new WatchedKeys(() -> files.current().own())},
                    new TrustManager[] {new WatchedTrust(() -> files.current().trusted())},
                    null);
            // Who is trusted no longer must not come in on a session of before; zero is for ever.
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + PROTOCOL, e);
        }
    }

    private static Certificates read(NodeTls tls) {
        char[] keyPassword = password(tls.keystorePassword());
        try {
            KeyStore own = read("node.tls.keystore", tls.keystore(), keyPassword);
            KeyStore trusted =
                    read(
                            "node.tls.truststore",
                            tls.truststore(),
                            password(tls.truststorePassword()));
            requirePair(own, keyPassword, tls.keystore());
            requireSome(trusted, tls.truststore());
            return new Certificates(
                    KeyManagers.of(own, keyPassword), KeyManagers.trusting(authorities(trusted)));
        } catch (GeneralSecurityException e) {
            throw refusal("node.tls", tls.keystore(), e);
        }
    }

    private static void requirePair(KeyStore own, char[] password, Path file) {
        try {
            KeyPairs.require(own, password);
        } catch (GeneralSecurityException e) {
            throw refusal("node.tls.keystore", file, e);
        }
    }

    private static void requireSome(KeyStore trusted, Path file) throws GeneralSecurityException {
        if (trusted.size() == 0) {
            throw refusal(
                    "node.tls.truststore",
                    file,
                    new GeneralSecurityException("there is no certificate"));
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
