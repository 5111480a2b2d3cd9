package io.tidescope.parser.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Some Java code that is always at hand: that of this package, which the build puts beside it. */
public final class SampleSources {
    private static final List<Class<?>> CLASSES =
            List.of(
                    JavaSourceParser.class,
                    CondensedSource.class,
                    Gaps.class,
                    TreeWriter.class,
                    TreeRebuilder.class,
                    NodeSchema.class,
                    SourcePositions.class,
                    DecodedSource.class,
                    ParseResult.class,
                    ProblemReport.class);

    private SampleSources() {}

    /** Whole files; none when what runs was not built by Maven. */
    public static List<byte[]> read() {
        List<byte[]> sources = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            try (InputStream source = type.getResourceAsStream(type.getSimpleName() + ".java")) {
                if (source != null) {
                    sources.add(source.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the source of " + type + " cannot be read", e);
            }
        }
        return sources;
    }
}
