package io.tidescope.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
final class PokeEndpointTest {
    private static final HttpSettings ANYWHERE = HttpSettings.local(0);

    @Test
    void whoTakesPokesIsKnownWithoutBeingPoked() throws Exception {
        List<String> poked = new ArrayList<>();
        try (HttpApi api =
                HttpApi.receive(
                        new Receivers(poked::add, null),
                        new SimpleMeterRegistry(),
                        ANYWHERE,
                        Tracing.OFF)) {
            assertThat(PokeEndpoint.look(poke(api.port()))).isTrue();
        }
        assertThat(poked).isEmpty();
    }

    @Test
    void whoTakesNoneIsRefused() {
        try (HttpApi api =
                HttpApi.receive(Receivers.NONE, new SimpleMeterRegistry(), ANYWHERE, Tracing.OFF)) {
            assertThatThrownBy(() -> PokeEndpoint.look(poke(api.port())))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                    .hasMessageContaining("nobody takes pokes at http://127.0.0.1:")
                    .hasMessageContaining("--url");
        }
    }

    @Test
    void whoDoesNotAnswerMayComeLater() throws Exception {
        assertThat(PokeEndpoint.look(poke(1))).isFalse();
    }

    private static URI poke(int port) {
        return URI.create("http://127.0.0.1:%d/api/v1/poke".formatted(port));
    }
}
