package io.tidescope.app.health;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Symbols;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether a small file is parsed, and what it defines is found in its tree. */
public final class ParserHealth implements HealthCheck {
    private static final List<String> DEFINED = List.of("Probe", "limit", "isBelow");
    private static final byte[] SOURCE =
            """
            package health;

            record Probe(int limit) {
                boolean isBelow(int value) {
                    return value < limit;
                }
            }
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final JavaSourceParser parser = new JavaSourceParser();

    @Override
    public List<String> problems() {
        if (!(parser.parse(SOURCE) instanceof Parsed parsed) || !parsed.problems().isEmpty()) {
            return List.of("a file without an error is not parsed");
        }
        List<String> found =
                Symbols.of(parsed.tree()).definitions().stream().map(Definition::name).toList();
        return found.containsAll(DEFINED)
                ? List.of()
                : List.of("of a file with %s, %s was found".formatted(DEFINED, found));
    }
}
