package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.health.HealthBoard;
import io.tidescope.schemas.trace.Tracing;

import java.util.function.Consumer;

/**
 * What a role finds when it starts.
 *
 * @param parts takes over what has to be stopped
 * @param meters where metrics go
 * @param tracing makes spans of what the role does
 * @param readiness takes what must be true for the role to be of use
 * @param health takes what the role is made of and works with
 * @param failed called when something ended that nothing here can start again
 */
public record Surroundings(
        Parts parts,
        MeterRegistry meters,
        Tracing tracing,
        Readiness readiness,
        HealthBoard health,
        Consumer<RuntimeException> failed) {
    /** Tells that something ended that nothing here can start again. */
    public void failed(Throwable failure) {
        failed.accept(
                failure instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failure));
    }
}
