package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.request.Choice;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** How a replay stands, as it is written; what is not known is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayAnswer(
        String state,
        @Nullable String index,
        @Nullable String from,
        long done,
        long total,
        @Nullable String begun,
        @Nullable String ended,
        @Nullable String failure) {
    static ReplayAnswer of(ReplayStatus status) {
        return new ReplayAnswer(
                Choice.label(status.state()),
                status.index(),
                status.from(),
                status.done(),
                status.total(),
                text(status.begun()),
                text(status.ended()),
                status.failure());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
