package io.tidescope.app.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a look at something found.
 *
 * @param subject what was looked at
 * @param detail what was seen there, or what is wrong and what to do about it
 */
public record Finding(String subject, Outcome outcome, String detail) {
    /** How it is. */
    public enum Outcome {
        /** As it should be. */
        @JsonProperty("ok")
        OK,
        /** It works, and somebody should know. */
        @JsonProperty("warning")
        WARNING,
        /** It does not work. */
        @JsonProperty("failed")
        FAILED
    }

    static Finding ok(String subject, String detail) {
        return new Finding(subject, Outcome.OK, detail);
    }

    static Finding warning(String subject, String detail) {
        return new Finding(subject, Outcome.WARNING, detail);
    }

    static Finding failed(String subject, String detail) {
        return new Finding(subject, Outcome.FAILED, detail);
    }
}
