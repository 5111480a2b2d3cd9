package io.tidescope.recovery.object;

import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.options.CreateContainerOptions;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

import java.net.URI;

/** A real server of S3 on loopback, which checks signatures and keeps its objects in memory. */
final class S3Server implements AutoCloseable {
    static final S3Credentials CREDENTIALS = new S3Credentials("access-key", "secret-key");

    private final BlobStore blobs = new TransientNio2BlobStore();
    private final S3Proxy server;

    private S3Server() {
        server =
                S3Proxy.builder()
                        .blobStore(blobs)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(
                                AuthenticationType.AWS_V4,
                                CREDENTIALS.accessKey(),
                                CREDENTIALS.secretKey())
                        .build();
    }

    static S3Server start() throws Exception {
        S3Server started = new S3Server();
        started.server.start();
        return started;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    void createBucket(String name) {
        blobs.createContainer(name, CreateContainerOptions.NONE);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        blobs.close();
    }
}
