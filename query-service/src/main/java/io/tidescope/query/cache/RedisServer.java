package io.tidescope.query.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * The connection to one Redis server. After a failure it is dropped, and made again after a pause
 * by whoever comes next, who does not wait for it. Safe for concurrent use.
 */
final class RedisServer {
    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);
    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisClient client;
    private final RedisURI uri;
    private final long pauseNanos;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean connecting;
    private boolean broken;
    private boolean closed;
    private long retryAt = System.nanoTime();

    RedisServer(RedisClient client, RedisURI uri, long pauseNanos) {
        this.client = client;
        this.uri = uri;
        this.pauseNanos = pauseNanos;
    }

    /** The connection; null while there is none. */
    synchronized @Nullable StatefulRedisConnection<String, byte[]> connection() {
        if (connection == null && !connecting && !closed && System.nanoTime() - retryAt >= 0) {
            connecting = true;
            client.connectAsync(CODEC, uri).whenComplete(this::connected);
        }
        return connection;
    }

    /** That it does not answer, if so; connects to it first if that was never tried. */
    synchronized Optional<String> trouble() {
        connection();
        return broken
                ? Optional.of("Redis does not answer at %s".formatted(address()))
                : Optional.empty();
    }

    private synchronized void connected(
            @Nullable StatefulRedisConnection<String, byte[]> made, @Nullable Throwable failure) {
        connecting = false;
        if (made == null) {
            pause(String.valueOf(failure));
        } else if (closed) {
            made.closeAsync();
        } else {
            connection = made;
            if (broken) {
                broken = false;
                log.atInfo().addKeyValue("address", address()).log("Redis answers again");
            }
        }
    }

    /** A connection is of no use: it failed, or is too slow. */
    synchronized void drop(StatefulRedisConnection<String, byte[]> useless, String why) {
        if (useless == connection) {
            connection = null;
            pause(why);
            useless.closeAsync();
        }
    }

    private void pause(String why) {
        retryAt = System.nanoTime() + pauseNanos;
        if (!broken && !closed) {
            broken = true;
            log.atWarn()
                    .addKeyValue("address", address())
                    .addKeyValue("reason", why)
                    .log("Redis does not answer; answers are not shared meanwhile");
        }
    }

    private String address() {
        return uri.getHost() + ":" + uri.getPort();
    }

    synchronized void close() {
        closed = true;
        StatefulRedisConnection<String, byte[]> open = connection;
        connection = null;
        if (open != null) {
            open.closeAsync();
        }
    }
}
