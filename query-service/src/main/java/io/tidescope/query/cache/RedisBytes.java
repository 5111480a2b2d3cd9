package io.tidescope.query.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.tidescope.schemas.TideScopeException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bytes on Redis servers, spread over them by key.
 *
 * <p>A server that fails or takes too long is not asked for a while: then a question costs nothing
 * but its own answer. Safe for concurrent use; connects when it is first asked.
 */
public final class RedisBytes implements SharedBytes, AutoCloseable {
    private static final int THREADS = 2;

    /** Commands that may be under way on a connection. */
    private static final int MAX_COMMANDS = 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final RedisSettings settings;
    private final ClientResources resources;
    private final RedisClient client;
    private final List<RedisServer> servers = new ArrayList<>();

    /**
     * @throws TideScopeException INVALID_ARGUMENT for a node that is no {@code host:port}
     */
    public RedisBytes(RedisSettings settings) {
        this.settings = settings;
        List<RedisURI> uris = settings.nodes().stream().map(node -> uri(node, settings)).toList();
        resources =
                DefaultClientResources.builder()
                        .ioThreadPoolSize(THREADS)
                        .computationThreadPoolSize(THREADS)
                        .build();
        client = RedisClient.create(resources);
        client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false)
                        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                        .requestQueueSize(MAX_COMMANDS)
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(CONNECT)
                                        .keepAlive(true)
                                        .build())
                        .build());
        for (RedisURI uri : uris) {
            servers.add(new RedisServer(client, uri, settings.pause().toNanos()));
        }
    }

    private static RedisURI uri(String node, RedisSettings settings) {
        URI parsed;
        try {
            parsed = URI.create("redis://" + node);
        } catch (IllegalArgumentException e) {
            throw noAddress(node);
        }
        if (parsed.getHost() == null || parsed.getPort() < 0 || parsed.getUserInfo() != null) {
            throw noAddress(node);
        }
        RedisURI.Builder uri =
                RedisURI.builder()
                        .withHost(parsed.getHost())
                        .withPort(parsed.getPort())
                        .withSsl(settings.tls())
                        .withTimeout(CONNECT);
        String password = settings.password();
        return password == null ? uri.build() : uri.withPassword(password.toCharArray()).build();
    }

    private static TideScopeException noAddress(String node) {
        return TideScopeException.invalid(
                "cache.nodes", "A node of the cache is host:port, not '%s'.".formatted(node));
    }

    @Override
    public Map<String, byte[]> find(Collection<String> keys) {
        Map<RedisServer, List<String>> byServer = new HashMap<>();
        keys.forEach(
                key -> byServer.computeIfAbsent(server(key), absent -> new ArrayList<>()).add(key));
        long end = System.nanoTime() + settings.timeout().toNanos();
        List<Asked> asked = new ArrayList<>();
        byServer.forEach(
                (server, those) -> {
                    StatefulRedisConnection<String, byte[]> connection = server.connection();
                    if (connection != null) {
                        ask(server, connection, those, asked);
                    }
                });
        Map<String, byte[]> found = new HashMap<>();
        asked.forEach(it -> it.await(end, found));
        return found;
    }

    private static void ask(
            RedisServer server,
            StatefulRedisConnection<String, byte[]> connection,
            List<String> keys,
            List<Asked> asked) {
        try {
            asked.add(
                    new Asked(
                            server,
                            connection,
                            connection.async().mget(keys.toArray(String[]::new))));
        } catch (RedisException e) {
            server.drop(connection, e.toString());
        }
    }

    @Override
    public void keep(String key, byte[] bytes) {
        if (bytes.length > settings.valueBytes()) {
            return;
        }
        RedisServer server = server(key);
        StatefulRedisConnection<String, byte[]> connection = server.connection();
        if (connection == null) {
            return;
        }
        try {
            connection
                    .async()
                    .psetex(key, settings.keep().toMillis(), bytes)
                    .whenComplete(
                            (done, failure) -> {
                                if (failure != null) {
                                    server.drop(connection, failure.toString());
                                }
                            });
        } catch (RedisException e) {
            server.drop(connection, e.toString());
        }
    }

    /** The servers that did not answer when they were last asked, in one line each. */
    public List<String> troubles() {
        return servers.stream().map(RedisServer::trouble).flatMap(Optional::stream).toList();
    }

    private RedisServer server(String key) {
        return servers.get(Math.floorMod(key.hashCode(), servers.size()));
    }

    /** Disconnects; what is asked meanwhile finds nothing. */
    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        client.shutdown(Duration.ZERO, CONNECT);
        resources
                .shutdown(0, CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CONNECT.toMillis());
    }

    /** A command under way. */
    private record Asked(
            RedisServer server,
            StatefulRedisConnection<String, byte[]> connection,
            Future<List<KeyValue<String, byte[]>>> values) {
        void await(long end, Map<String, byte[]> found) {
            try {
                for (KeyValue<String, byte[]> value :
                        values.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    if (value.hasValue()) {
                        found.put(value.getKey(), value.getValue());
                    }
                }
            } catch (TimeoutException e) {
                values.cancel(false);
                server.drop(connection, "it took too long");
            } catch (ExecutionException | CancellationException e) {
                server.drop(connection, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
