package io.tidescope.parser.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some Java code that is always at hand: that of this package, which the build puts beside it, and
 * what such code has none of.
 *
 * <p>The JVM takes a branch for impossible that was never taken, and compiles JavaParser's large
 * methods again for each that it is wrong about: when the first name begins with a dollar sign, or
 * the first number has an exponent. So one of the files has everything that is rare.
 */
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

    private static final String RARE = "RareSyntax";

    private SampleSources() {}

    /** Whole files; of the package's own none when what runs was not built by Maven. */
    public static List<byte[]> read() {
        List<byte[]> sources = new ArrayList<>();
        read(RARE, sources);
        for (Class<?> type : CLASSES) {
            read(type.getSimpleName(), sources);
        }
        return sources;
    }

    private static void read(String name, List<byte[]> sources) {
        try (InputStream source = SampleSources.class.getResourceAsStream(name + ".java")) {
            if (source != null) {
                sources.add(source.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the source " + name + " cannot be read", e);
        }
    }
}
