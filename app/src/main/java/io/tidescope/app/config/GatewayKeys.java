package io.tidescope.app.config;

import io.tidescope.query.api.ApiLimits;

import java.time.Duration;
import java.util.List;

/** How the API is served. */
final class GatewayKeys {
    private static final int MAX_STORES = 1000;

    static final SettingGroup GROUP = new SettingGroup(Role.GATEWAY);

    static final Setting<String> GATEWAY_HOST =
            GROUP.of(
                    "gateway.host",
                    ScalarForm.host(),
                    "127.0.0.1",
                    "Interface of the HTTP API; `0.0.0.0` for all.");
    static final Setting<Integer> GATEWAY_PORT =
            GROUP.of("gateway.port", ScalarForm.port(), "8080", "Port of the HTTP API.");
    static final Setting<List<Address>> STORES =
            GROUP.required(
                    "gateway.stores",
                    new ListForm<>(ScalarForm.address(), MAX_STORES),
                    "Store nodes to find the others by; two or three will do.");
    static final Setting<Duration> TIMEOUT =
            GROUP.of(
                    "gateway.timeout",
                    ScalarForm.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
                    ScalarForm.show(ApiLimits.TIMEOUT),
                    "How long an answer may take.");

    private GatewayKeys() {}
}
