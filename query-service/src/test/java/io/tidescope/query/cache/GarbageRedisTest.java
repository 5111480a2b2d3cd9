package io.tidescope.query.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that is no Redis, or none that is well, at a Redis's address. */
@Timeout(60)
class GarbageRedisTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "-ERR no\r\n",
                "$2147483647\r\nabc",
                "*1000000000\r\n",
                "\u0000\u00ff\u0012\u0000",
                ":1\r\n:2\r\n:3\r\n"
            })
    void findsNothingAndFailsNobody(String greeting) throws Exception {
        AtomicInteger greeted = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                RedisBytes redis = new RedisBytes(settings("127.0.0.1:" + server.getLocalPort()))) {
            Thread.ofVirtual().start(() -> greet(server, greeting, greeted));
            while (greeted.get() < 2) {
                assertThat(redis.find(Set.of("a", "b"))).isEmpty();
                redis.keep("a", new byte[] {1});
                Thread.yield();
            }
        }
    }

    @Test
    void findsNothingWhereNobodyIs() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0)) {
            free = server.getLocalPort();
        }
        try (RedisBytes redis = new RedisBytes(settings("127.0.0.1:" + free, "no.such.host:1"))) {
            for (int i = 0; i < 200; i++) {
                assertThat(redis.find(Set.of("a", "b"))).isEmpty();
                redis.keep("a" + i, new byte[] {1});
            }
        }
    }

    @Test
    void leavesNoThreadBehind() {
        new RedisBytes(settings("127.0.0.1:1")).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("lettuce-nio"));
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String node : List.of("host", "host:x", "user@host:1", "", "a b:1")) {
            assertThatThrownBy(() -> new RedisBytes(settings(node)))
                    .as(node)
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.parameter()).isEqualTo("cache.nodes"));
        }
    }

    @Test
    void thePasswordIsNeverShown() {
        RedisSettings secret =
                new RedisSettings(
                        List.of("h:1"),
                        "hush",
                        false,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofHours(1),
                        1);

        assertThat(secret.toString()).doesNotContain("hush").contains("h:1");
    }

    private static RedisSettings settings(String... nodes) {
        return new RedisSettings(
                List.of(nodes),
                null,
                false,
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofHours(1),
                1 << 20);
    }

    private static void greet(ServerSocket server, String greeting, AtomicInteger greeted) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write(greeting.getBytes(ISO_8859_1));
                    client.getOutputStream().flush();
                    int unused = client.getInputStream().read();
                    greeted.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
