package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * A problem that a request ended in, as it is written.
 *
 * @param at when, as ISO 8601 in UTC
 * @param endpoint the route it came to; {@code none} when there is none
 * @param code the kind of problem
 * @param detail what the caller was told; left out when an answer was cut off
 * @param errorId what the service's log has it under; left out when it is not logged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecentError(
        String at,
        String severity,
        String code,
        String endpoint,
        int status,
        @Nullable String detail,
        @Nullable String errorId) {}
