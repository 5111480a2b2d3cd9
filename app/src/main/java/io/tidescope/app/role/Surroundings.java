package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.function.Consumer;

/**
 * What a role finds when it starts.
 *
 * @param parts takes over what has to be stopped
 * @param meters where metrics go
 * @param readiness takes what must be true for the role to be of use
 * @param failed called when something ended that nothing here can start again
 */
public record Surroundings(
        Parts parts, MeterRegistry meters, Readiness readiness, Consumer<RuntimeException> failed) {
    void failed(Throwable failure) {
        failed.accept(
                failure instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failure));
    }
}
