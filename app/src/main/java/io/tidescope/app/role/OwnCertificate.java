package io.tidescope.app.role;

import io.tidescope.app.config.HttpAccess;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server that shows the certificate of our own files, and no other. A process that asks
 * itself does so by an address that the certificate need not name, and whoever signed it need not
 * be known here.
 */
public final class OwnCertificate extends X509ExtendedTrustManager {
    private final HttpAccess.Tls tls;

    private OwnCertificate(HttpAccess.Tls tls) {
        this.tls = tls;
    }

    /** What clients ask with. */
    public static SSLContext trusting(HttpAccess.Tls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OwnCertificate(tls)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        try {
            // Read anew: it may have been replaced meanwhile.
            KeyStore own = PemFile.read(tls.certificate(), tls.key(), new char[0]);
            if (!chain[0].equals(own.getCertificate(PemFile.KEY))) {
                throw new CertificateException("another certificate than ours is shown");
            }
        } catch (CertificateException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException("our own certificate cannot be read", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("nobody is a client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
