package io.tidescope.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * Why a request got no answer, as it is written: the problem details of RFC 9457.
 *
 * @param type a URI for the kind of problem
 * @param title the kind of problem, for a person
 * @param status the HTTP status
 * @param detail this problem, for a person: what was wrong and what to do
 * @param code the kind of problem, for a program
 * @param parameter the query parameter at fault; left out when it is none
 * @param errorId what the service's log has this error under; only for internal errors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String parameter,
        @Nullable String errorId) {
    static final String CONTENT_TYPE = "application/problem+json";
}
