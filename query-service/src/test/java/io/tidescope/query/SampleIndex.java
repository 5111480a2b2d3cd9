package io.tidescope.query;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.tree.symbol.Symbols;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Fills an {@link InMemoryStore} with parsed sources, as ingest and the parser would. */
public final class SampleIndex {
    public static final String REPOSITORY = "tide/sample";
    public static final String MAIN = "refs/heads/main";
    public static final String COMMIT = "1".repeat(40);
    public static final String BLOB = "b".repeat(40);
    public static final Instant PUBLISHED = Instant.parse("2026-11-23T10:00:00Z");

    private static final int REGULAR_FILE = 0100644;

    private final InMemoryStore store;
    private final JavaSourceParser parser = new JavaSourceParser();

    public SampleIndex(InMemoryStore store) {
        this.store = store;
    }

    public SampleIndex put(String path, String source) {
        return put(REPOSITORY, MAIN, path, source);
    }

    public SampleIndex put(String repository, String ref, String path, String source) {
        DocumentKey key = new DocumentKey(repository, ref, path);
        byte[] content = source.getBytes(StandardCharsets.UTF_8);
        ParseResult result = parser.parse(content);
        switch (result) {
            case Parsed parsed ->
                    store.put(
                            document(
                                    key,
                                    result,
                                    parsed.problems().isEmpty()
                                            ? ParseOutcome.PARSED
                                            : ParseOutcome.PARSED_WITH_PROBLEMS,
                                    parsed.problems().stream()
                                            .map(
                                                    problem ->
                                                            new ParseProblem(
                                                                    problem.code(),
                                                                    problem.message(),
                                                                    problem.start(),
                                                                    problem.end()))
                                            .toList(),
                                    parsed.tree().toBytes()),
                            Symbols.of(parsed.tree()));
            case Unparseable unparseable ->
                    store.put(
                            document(
                                    key,
                                    result,
                                    ParseOutcome.UNPARSEABLE,
                                    List.of(
                                            new ParseProblem(
                                                    unparseable.code(),
                                                    unparseable.message(),
                                                    unparseable.start(),
                                                    unparseable.end())),
                                    new byte[0]),
                            Symbols.of(List.of(), List.of()));
        }
        return this;
    }

    /** Lets partitions, or all, see that the default ref has come to the commit. */
    public SampleIndex mark(String commit, int... partitions) {
        store.mark(marker(REPOSITORY, MAIN, commit, true), partitions);
        return this;
    }

    public static RevisionMarker marker(
            String repository, String ref, String commit, boolean defaultRef) {
        return RevisionMarker.newBuilder()
                .setRepository(repository)
                .setRef(ref)
                .setCommit(commit)
                .setSequence(1)
                .setDefaultRef(defaultRef)
                .setPublishedAtMillis(PUBLISHED)
                .setJavaFiles(1)
                .build();
    }

    private static StoredDocument document(
            DocumentKey key,
            ParseResult result,
            ParseOutcome outcome,
            List<ParseProblem> problems,
            byte[] tree) {
        return new StoredDocument(
                key,
                1,
                COMMIT,
                BLOB,
                REGULAR_FILE,
                outcome,
                result.encoding(),
                result.source().length,
                result.lines(),
                problems,
                result.source(),
                tree);
    }
}
