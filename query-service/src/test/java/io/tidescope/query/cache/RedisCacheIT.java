package io.tidescope.query.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.testing.RedisServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Bytes on a real Redis, that is stopped, killed and started again. */
@Timeout(120)
class RedisCacheIT {
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    @TempDir Path directory;

    private int port;
    private @Nullable RedisServer server;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                RedisServer.isInstalled(),
                "redis-server is not on the PATH; install Debian's redis-server");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = run();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatOneKeepsAnotherFinds() {
        try (RedisBytes one = new RedisBytes(settings("secret"));
                RedisBytes other = new RedisBytes(settings("secret"))) {
            keep(one, "key");
            one.keep("large", new byte[2 << 20]);

            assertThat(found(other, "key")).isEqualTo(VALUE);
            assertThat(other.find(Set.of("large", "absent"))).isEmpty();
            assertThat(other.find(Set.of("key", "absent"))).containsOnlyKeys("key");
        }
    }

    @Test
    void whoDoesNotKnowThePasswordFindsNothing() {
        try (RedisBytes one = new RedisBytes(settings("secret"));
                RedisBytes other = new RedisBytes(settings("wrong"))) {
            keep(one, "key");
            for (int i = 0; i < 50; i++) {
                assertThat(other.find(Set.of("key"))).isEmpty();
            }
        }
    }

    @Test
    void aServerThatIsStoppedHoldsUpNobodyForLongAndIsUsedAgainLater() throws Exception {
        try (RedisBytes redis = new RedisBytes(settings("secret"))) {
            keep(redis, "key");
            signal("-STOP");
            // Each would wait for ever if the server were waited for.
            for (int i = 0; i < 200; i++) {
                assertThat(redis.find(Set.of("key"))).isEmpty();
                redis.keep("other", VALUE);
            }
            signal("-CONT");

            assertThat(found(redis, "key")).isEqualTo(VALUE);
        }
    }

    @Test
    void aServerThatIsKilledAndStartedAgainIsUsedAgain() throws Exception {
        try (RedisBytes redis = new RedisBytes(settings("secret"))) {
            keep(redis, "key");
            assertThat(redis.troubles()).isEmpty();
            stop();
            for (int i = 0; i < 200; i++) {
                assertThat(redis.find(Set.of("key"))).isEmpty();
            }
            assertThat(redis.troubles())
                    .containsExactly("Redis does not answer at 127.0.0.1:" + port);
            server = run();

            keep(redis, "key");
            assertThat(redis.troubles()).isEmpty();
        }
    }

    @Test
    void keysAreSpreadOverServersThatAreThere() {
        RedisSettings two =
                new RedisSettings(
                        List.of("127.0.0.1:" + port, "127.0.0.1:1"),
                        "secret",
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(20),
                        Duration.ofHours(1),
                        1 << 20);
        try (RedisBytes redis = new RedisBytes(two)) {
            List<String> keys = IntStream.range(0, 50).mapToObj(i -> "key" + i).toList();
            Map<String, byte[]> found = Map.of();
            while (found.isEmpty()) {
                keys.forEach(key -> redis.keep(key, VALUE));
                found = redis.find(keys);
            }
            assertThat(found).hasSizeLessThan(50);
        }
    }

    /** Keeps it until it is there: the first try only begins to connect. */
    private static void keep(RedisBytes redis, String key) {
        while (!redis.find(Set.of(key)).containsKey(key)) {
            redis.keep(key, VALUE);
            Thread.yield();
        }
    }

    private static byte[] found(RedisBytes redis, String key) {
        Map<String, byte[]> found = redis.find(Set.of(key));
        while (!found.containsKey(key)) {
            Thread.yield();
            found = redis.find(Set.of(key));
        }
        return found.get(key);
    }

    private RedisSettings settings(String password) {
        return new RedisSettings(
                List.of("127.0.0.1:" + port),
                password,
                false,
                Duration.ofMillis(100),
                Duration.ofMillis(20),
                Duration.ofHours(1),
                1 << 20);
    }

    private RedisServer run() {
        return RedisServer.start(directory, port, "secret");
    }

    private void signal(String signal) throws Exception {
        Process kill =
                new ProcessBuilder(
                                "kill", signal, Long.toString(Objects.requireNonNull(server).pid()))
                        .start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
