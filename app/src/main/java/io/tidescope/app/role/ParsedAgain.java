package io.tidescope.app.role;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.parser.stream.ParseWorkers;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.recovery.restore.Verification;

/** Parses sources again as parsers do, for what was restored to be held against. */
public final class ParsedAgain implements Verification.Reparse, AutoCloseable {
    private final ParseWorkers workers =
            new ParseWorkers(
                    new JavaSourceParser()::parse, ParserSettings.DEFAULT_PARSE_DEADLINE, () -> {});

    @Override
    public byte[] tree(byte[] source) {
        return switch (workers.parse(TrialParses.hash(source), source)) {
            case Parsed parsed -> parsed.tree().toBytes();
            case Unparseable _ -> new byte[0];
        };
    }

    @Override
    public void close() {
        workers.close();
    }
}
