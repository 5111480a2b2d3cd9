package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

class TracingOptionsTest {
    private static TracingConfiguration tracing(String... arguments) {
        return CommandLine.populateCommand(new TracingOptions(), arguments).tracing();
    }

    @Test
    void tracesGoNowhereUnlessItIsSaidWhere() {
        assertThat(tracing().endpoint()).isNull();
    }

    @Test
    void allOfThemGoWhereItIsSaidOrAsManyAsAreWanted() {
        TracingConfiguration all = tracing("--trace", "http://localhost:4318");
        assertThat(all.endpoint()).hasToString("http://localhost:4318");
        assertThat(all.sample()).isOne();
        assertThat(tracing("--trace-sample", "0.5").sample()).isEqualTo(0.5);
    }

    @Test
    void whatIsNoAddressOrNoFractionIsRefused() {
        assertThatThrownBy(() -> tracing("--trace", "localhost:4318"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("--trace must be http");
        assertThatThrownBy(() -> tracing("--trace", "http://me:hush@host:4318"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> tracing("--trace-sample", "NaN"))
                .isInstanceOf(TideScopeException.class);
        assertThatThrownBy(() -> tracing("--trace-sample", "1.5"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("--trace-sample must be 0 to 1, not 1.5");
    }
}
