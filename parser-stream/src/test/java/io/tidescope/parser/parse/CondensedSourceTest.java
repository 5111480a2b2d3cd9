package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import com.github.javaparser.JavaParser;
import com.github.javaparser.JavaToken;
import com.github.javaparser.Range;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.Comment;
import io.tidescope.tree.CommentKind;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A condensed source gives the tree that the source itself gives, byte for byte. */
class CondensedSourceTest {
    private static final int FILES = 300;
    private static final List<String> GAPS =
            List.of(
                    " ",
                    "\t\f ",
                    "\n",
                    "\r",
                    "\r\n",
                    " \n\n   ",
                    "/**/",
                    "/***/",
                    "/* \" ' // */",
                    "/** x\n * é 💩 */",
                    "// x\n",
                    "// \" /*\r\n",
                    "/// md\n",
                    " /// md\r\n /// more\n",
                    "/// a\n\n/// b\n",
                    "/// a\n// b\n/// c\n",
                    "/// a\n/* b */ /// c\n");

    @Test
    void realTokensWithAnythingBetweenThem() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<SourceFile> files = Corpus.open().sample(FILES);
        DeepStack.call(
                DeepStack.WORKER_BYTES,
                () -> {
                    for (SourceFile file : files) {
                        String text = withOtherGaps(file.content(), random);
                        assertThat(condensed(text))
                                .as("%s, seed %d:\n%s", file.path(), seed, text)
                                .isEqualTo(asItIs(text));
                    }
                    return null;
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { int x = a - -b + - -c - --d + ++e; boolean y = f > g == h <= i; }",
                "class A { List < List < String > > x; int y = a >> b >>> c >= d; }",
                "class A { String s = \"//\" + \"/*\" + '\"' + '\\'' + \"\\\\\" + \"a\" /* \" */;"
                        + " }",
                "class A { String s = \"\"\"\n"
                        + "  // x\r\n"
                        + "  \\\"\"\" \"\" */\r"
                        + "  y\"\"\"; int after; }",
                "class A { double d = 1. + .5 + 1 ./* */ x; char c = 'é'; String s = \"é\" + é; }",
                "non-sealed class A { int x = non - sealed; int y = non-/**/sealed; }",
                "@ interface A { } @/**/B class C { @ D int x; Object o = x -> - x; }",
                "class A { void f(int ... x) { for (int y : x) z = y > 1 ? a : - b; g(c :: d); } }",
                "// first\nclass A { } // last",
                "\n\n/* first */ class A { } /* last é */",
                "class A { } /// last\n\n  ",
                "class A { int x; /// a\n\n  /// b\n int y; int z; /// c\n  /// d\n}",
            })
    void tokensThatCouldGrowTogether(String text) {
        assertThat(condensed(text)).isEqualTo(asItIs(text));
    }

    /** JavaParser itself loses it. */
    @Test
    void aMarkdownCommentAtTheEndIsKept() {
        byte[] source = "class A { } /// last".getBytes(StandardCharsets.UTF_8);
        assertThat(
                        requireNonNull(JavaSourceParser.parseCondensed(source, new Cancellation()))
                                .comments())
                .containsExactly(new Comment(CommentKind.MARKDOWN, 12, source.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "// only a comment",
                "class A { String s = \"open; }",
                "class A { String s = \"\"\"open\"\"; }",
                "class A { /* open }",
                "class \\u0041 { }",
                "class A { } \u001a",
                "class 𝒜 { String s; }",
                "class A { String s = \"💩\"; }",
                "class A { String s = \"\"\"\n \\💩\"\"\"; int after; }",
                "class A { /// a\n\u00a0/// b\n int y; }",
            })
    void whatIsNotPlainIsParsedAsItIs(String text) {
        assertThat(CondensedSource.of(text.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e + 5", "0x1p /* */ + 3", "1.e - 5"})
    void whatIsWrongWithBlanksIsNotPutRightWithoutThem(String number) {
        String text = "class A { double d = " + number + "; }";
        assertThat(condensed(text)).isEmpty();
    }

    @Test
    void aProblemIsReportedWhereTheSourceHasIt() {
        byte[] source = "class A {\n  /* x */ int = 1;\n}".getBytes(StandardCharsets.UTF_8);
        assertThat(JavaSourceParser.parseCondensed(source, new Cancellation())).isNull();
        ParseResult result = new JavaSourceParser().parse(source);
        assertThat(((Parsed) result).problems()).first().matches(problem -> problem.start() == 20);
    }

    /** The file with other blanks and comments where it has some. */
    private static String withOtherGaps(byte[] source, Random random) {
        String text = new String(source, StandardCharsets.UTF_8);
        var positions = SourcePositions.of(source, text, LineIndex.of(source));
        var root =
                new JavaParser(JavaSourceParser.configuration())
                        .parse(text)
                        .getResult()
                        .orElseThrow();
        StringBuilder changed = new StringBuilder();
        int at = 0;
        boolean gap = false;
        for (JavaToken token : root.getTokenRange().orElseThrow()) {
            if (token.getCategory().isWhitespaceOrComment() && !token.getText().isEmpty()) {
                Range range = token.getRange().orElseThrow();
                int start = positions.start(range.begin);
                if (start > at || !gap) {
                    changed.append(new String(source, at, start - at, StandardCharsets.UTF_8));
                    changed.append(' '); // else a comment would begin with a division
                    for (int i = random.nextInt(4); i > 0; i--) {
                        changed.append(GAPS.get(random.nextInt(GAPS.size())));
                    }
                }
                at = positions.end(range.end);
                gap = true;
            }
        }
        return changed.append(new String(source, at, source.length - at, StandardCharsets.UTF_8))
                .append('\n')
                .append('\n')
                .toString();
    }

    private static byte[] condensed(String text) {
        SyntaxTree tree =
                JavaSourceParser.parseCondensed(
                        text.getBytes(StandardCharsets.UTF_8), new Cancellation());
        return tree == null ? new byte[0] : tree.toBytes();
    }

    private static byte[] asItIs(String text) {
        DecodedSource decoded = DecodedSource.of(text.getBytes(StandardCharsets.UTF_8));
        Parsed parsed =
                (Parsed)
                        JavaSourceParser.parseAsItIs(
                                decoded, LineIndex.of(decoded.source()), new Cancellation());
        assertThat(parsed.problems()).isEmpty();
        return parsed.tree().toBytes();
    }
}
