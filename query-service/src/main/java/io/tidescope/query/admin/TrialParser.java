package io.tidescope.query.admin;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseProblem;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Parses a source as it would be when it was pushed, and keeps nothing. Safe for concurrent use.
 */
public interface TrialParser {
    /**
     * Parses.
     *
     * @param content not changed any more
     * @throws TideScopeException OVERLOADED when it is at another source
     */
    Trial parse(byte[] content);

    /** What the bytes of a file are read as. */
    SourceEncoding encoding(byte[] content);

    /**
     * What became of a source.
     *
     * @param outcome {@code parsed}, {@code parsed_with_problems} or {@code unparseable}
     * @param nodes of its tree; null when there is none
     * @param problems offsets are those of {@code source}
     * @param source in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Trial(
            String outcome,
            String encoding,
            int lines,
            @Nullable Integer nodes,
            List<ParseProblem> problems,
            byte[] source) {}

    /**
     * What bytes are read as.
     *
     * @param encoding name of a charset
     * @param guessed whether nothing says that they are
     * @param firstInvalid offset of the first byte that is not UTF-8; -1 when all are
     */
    record SourceEncoding(String encoding, boolean guessed, int firstInvalid) {}
}
