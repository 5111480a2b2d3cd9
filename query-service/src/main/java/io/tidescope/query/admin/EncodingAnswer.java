package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.admin.TrialParser.SourceEncoding;

import org.jspecify.annotations.Nullable;

/**
 * What bytes are read as, as it is written.
 *
 * @param valid whether they are UTF-8, or what their byte order mark says
 * @param firstInvalid offset of the first byte that is not UTF-8; left out when all are
 */
record EncodingAnswer(
        boolean valid,
        String encoding,
        int bytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer firstInvalid) {
    static EncodingAnswer of(SourceEncoding found, int bytes) {
        return new EncodingAnswer(
                !found.guessed(),
                found.encoding(),
                bytes,
                found.firstInvalid() < 0 ? null : found.firstInvalid());
    }
}
