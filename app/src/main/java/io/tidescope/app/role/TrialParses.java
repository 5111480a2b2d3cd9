package io.tidescope.app.role;

import io.tidescope.parser.parse.EncodingCheck;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.parser.stream.ParseWorkers;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.parser.stream.SourceParser;
import io.tidescope.query.admin.TrialParser;
import io.tidescope.query.request.Choice;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Parses sources on trial, one at a time and under a deadline. While one that could not be
 * cancelled runs on behind its deadline, no other is begun, so that questions cost a core at most.
 */
public final class TrialParses implements TrialParser, AutoCloseable {
    private final ParseWorkers workers;
    private final Semaphore turn = new Semaphore(1);

    public TrialParses() {
        this(new JavaSourceParser()::parse, ParserSettings.DEFAULT_PARSE_DEADLINE);
    }

    TrialParses(SourceParser parser, Duration deadline) {
        workers = new ParseWorkers(parser, deadline, () -> {});
    }

    @Override
    public Trial parse(byte[] content) {
        if (!turn.tryAcquire()) {
            throw new TideScopeException(
                    ErrorCode.OVERLOADED, "Another source is being parsed; ask again shortly.");
        }
        try {
            if (workers.abandoned() > 0) {
                throw new TideScopeException(
                        ErrorCode.OVERLOADED,
                        "A source that took too long is being parsed still; ask again later.");
            }
            return trial(workers.parse(hash(content), content));
        } finally {
            turn.release();
        }
    }

    @Override
    public SourceEncoding encoding(byte[] content) {
        EncodingCheck check = EncodingCheck.of(content);
        return new SourceEncoding(check.encoding(), check.guessed(), check.firstInvalid());
    }

    private static Trial trial(ParseResult result) {
        return switch (result) {
            case Parsed parsed ->
                    new Trial(
                            Choice.label(
                                    parsed.problems().isEmpty()
                                            ? ParseOutcome.PARSED
                                            : ParseOutcome.PARSED_WITH_PROBLEMS),
                            parsed.encoding(),
                            parsed.lines(),
                            parsed.tree().nodeCount(),
                            parsed.problems().stream()
                                    .map(
                                            it ->
                                                    new ParseProblem(
                                                            it.code(),
                                                            it.message(),
                                                            it.start(),
                                                            it.end()))
                                    .toList(),
                            parsed.source());
            case Unparseable failed ->
                    new Trial(
                            Choice.label(ParseOutcome.UNPARSEABLE),
                            failed.encoding(),
                            failed.lines(),
                            null,
                            List.of(
                                    new ParseProblem(
                                            failed.code(),
                                            failed.message(),
                                            failed.start(),
                                            failed.end())),
                            failed.source());
        };
    }

    /** What a source that took too long is known by. */
    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
