package io.tidescope.query.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class BodyTest {
    private static final Parameter<String> NAME = Parameter.required("name", new Text(10));

    @Test
    void keysAreParameters() {
        assertThat(read("{\"name\": \"x\"}").read(NAME)).isEqualTo("x");
    }

    /** A few bytes each, and dozens of them in memory. */
    @Test
    void moreValuesThanAnybodyNeedsAreRefusedAsTheyAreRead() {
        String many = "{\"x\": [" + "{},".repeat(15_000) + "{}]}";

        assertThatThrownBy(() -> read(many))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("oken");
    }

    private static Arguments read(String body) {
        return Body.read(List.of(NAME), "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
