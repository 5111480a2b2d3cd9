package io.tidescope.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a gateway keeps of answers. */
final class CacheKeys {
    private static final int MAX_NODES = 100;

    static final SettingGroup GROUP = new SettingGroup(Role.GATEWAY);

    static final Setting<Long> CACHE_MEMORY =
            GROUP.of(
                    "cache.memory",
                    ScalarForm.bytes(0, 1L << 40),
                    "64MiB",
                    "About how much of its heap a gateway keeps answers in, to give them again"
                            + " while they hold; `0MiB` for none.");
    static final Setting<List<Address>> CACHE_NODES =
            GROUP.optional(
                    "cache.nodes",
                    new ListForm<>(ScalarForm.address(), MAX_NODES),
                    "Redis servers that keep the answers of costly questions for all gateways, as"
                            + " host:port; none when not set.");
    static final Setting<Secret> CACHE_PASSWORD =
            GROUP.secret("cache.password", "What to log in at them with.");
    static final Setting<Path> CACHE_PASSWORD_FILE = GROUP.fileOf(CACHE_PASSWORD);
    static final Setting<Boolean> CACHE_TLS =
            GROUP.of(
                    "cache.tls",
                    ScalarForm.yesOrNo(),
                    "false",
                    "Whether connections to them are encrypted; they are trusted as the Java"
                            + " platform does.");
    static final Setting<Duration> CACHE_TIMEOUT =
            GROUP.of(
                    "cache.timeout",
                    ScalarForm.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
                    "20ms",
                    "How long a question waits for them.");
    static final Setting<Duration> CACHE_KEEP =
            GROUP.of(
                    "cache.keep",
                    ScalarForm.duration(Duration.ofSeconds(1), Duration.ofHours(1000)),
                    "1h",
                    "After which they forget an answer.");

    private CacheKeys() {}
}
