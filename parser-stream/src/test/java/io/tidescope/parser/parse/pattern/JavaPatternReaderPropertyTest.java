package io.tidescope.parser.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Texts of random tokens; {@code -Dseed=} repeats one run. */
class JavaPatternReaderPropertyTest {
    private static final int TEXTS = 300;
    private static final int MOST_TOKENS = 30;

    private static final List<String> TOKENS =
            List.of(
                    "$A",
                    "$B",
                    "$_",
                    "$$$",
                    "$$$C",
                    "$foo",
                    "$$",
                    "a",
                    "A",
                    "int",
                    "class",
                    "enum",
                    "record",
                    "interface",
                    "if",
                    "else",
                    "for",
                    "while",
                    "do",
                    "try",
                    "catch",
                    "switch",
                    "case",
                    "default",
                    "new",
                    "return",
                    "static",
                    "void",
                    "import",
                    "package",
                    "instanceof",
                    "(",
                    ")",
                    "()",
                    "{",
                    "}",
                    "{}",
                    "[",
                    "]",
                    "[]",
                    "<",
                    ">",
                    ";",
                    ";",
                    ",",
                    ".",
                    "->",
                    "::",
                    ":",
                    "?",
                    "=",
                    "+",
                    "@",
                    "1",
                    "0x",
                    "\"s\"",
                    "\"$S\"",
                    "'c'",
                    "\"\"\"",
                    "\"",
                    "//",
                    "/*",
                    "*/",
                    "\n",
                    "\\",
                    "#",
                    "\u0000",
                    "\u00e4",
                    "\u20ac",
                    "\ud83d\ude00",
                    "\ud83d",
                    "\ufeff",
                    "\\u0024");

    private final JavaPatternReader reader = new JavaPatternReader();

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? new Random().longs(4) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsAPatternOrIsRefusedWithAPlace(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            try {
                check(reader.read(text));
            } catch (PatternException e) {
                assertThat(e.offset()).as(text).isBetween(0, text.length());
                assertThat(e.getMessage()).as(text).isNotBlank();
            }
        }
    }

    private static void check(Pattern pattern) {
        assertThat(pattern.roots()).as(pattern.text()).isNotEmpty();
        assertThat(pattern.textHoles().keySet())
                .as(pattern.text())
                .noneMatch(pattern.nodeHoles()::containsKey);
        for (int node : pattern.nodeHoles().keySet()) {
            assertThat(pattern.roots())
                    .as(pattern.text())
                    .anyMatch(root -> root <= node && node < pattern.tree().subtreeEnd(root));
        }
    }

    /** Brackets mostly have partners, else few texts would come as far as the parser. */
    private static String text(Random random) {
        var text = new StringBuilder();
        var open = new StringBuilder();
        int count = 1 + random.nextInt(MOST_TOKENS);
        for (int i = 0; i < count; i++) {
            String token = TOKENS.get(random.nextInt(TOKENS.size()));
            boolean balanced = random.nextInt(50) > 0;
            switch (balanced ? token : "") {
                case "(" -> open.append(')');
                case "{" -> open.append('}');
                case "[" -> open.append(']');
                case ")", "}", "]" -> {
                    if (open.isEmpty()) {
                        continue;
                    }
                    token = open.substring(open.length() - 1);
                    open.setLength(open.length() - 1);
                }
                case "\"", "\"\"\"", "/*", "//", "\"\"" -> {
                    continue;
                }
                default -> {}
            }
            text.append(token).append(random.nextBoolean() ? " " : "");
        }
        return text.append(open.reverse()).toString();
    }
}
