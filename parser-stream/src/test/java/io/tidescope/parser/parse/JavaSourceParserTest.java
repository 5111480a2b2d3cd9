package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.tree.Comment;
import io.tidescope.tree.CommentKind;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

class JavaSourceParserTest {
    private final JavaSourceParser parser = new JavaSourceParser();

    @Test
    void anEmptyFileHasARootAndNothingElse() {
        Parsed parsed = parsed("");
        assertThat(parsed.tree().nodeCount()).isEqualTo(1);
        assertThat(parsed.tree().kind(0)).isEqualTo(NodeKind.COMPILATION_UNIT);
        assertThat(parsed.lines()).isZero();
        assertThat(parsed.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void main() { IO.println(\"compact source file\"); }",
                "import module java.base; class A {}",
                "class A { A(int x) { check(x); super(); } }",
                "class A { int f(Object o) { return o instanceof P(Q(var x, _), int y) ? y : 0; }"
                        + " }",
                "class A { void f() { for (var _ : x) {} try { } catch (E _) { } g(_ -> 1); } }",
                "class A { String s = \"\"\"\n    text\n    \"\"\"; }",
                "class A { int yield, record, sealed, permits, when, with, module, open; }",
                "class A { int f(int x) { return switch (x) { case 1 -> { yield 2; } default -> 3;"
                        + " }; } }",
                "sealed interface S permits A {} record A() implements S {} non-sealed class B {}",
            })
    void todaysJavaIsParsedWithoutProblems(String source) {
        assertThat(parsed(source).problems()).isEmpty();
    }

    @Test
    void linesAreCountedByAnyLineEnd() {
        assertThat(parsed("class A {}").lines()).isEqualTo(1);
        assertThat(parsed("class A {\n}\n").lines()).isEqualTo(2);
        assertThat(parsed("class A {\r\n}\rclass B {}").lines()).isEqualTo(3);
    }

    @Test
    void allCommentsAreKept() {
        String source =
                "/** d */ class A { // l\n int x; /* b */\n /// m1\n /// m2\n int y; }// end";
        List<Comment> comments = parsed(source).tree().comments();
        assertThat(comments)
                .extracting(Comment::kind)
                .containsExactly(
                        CommentKind.JAVADOC,
                        CommentKind.LINE,
                        CommentKind.BLOCK,
                        CommentKind.MARKDOWN,
                        CommentKind.LINE);
        assertThat(comments)
                .extracting(comment -> source.substring(comment.start(), comment.end()))
                .containsExactly("/** d */", "// l", "/* b */", "/// m1\n /// m2", "// end");
    }

    @Test
    void aBrokenMethodIsAProblemAndTheRestIsThere() {
        String source = "class A { void f() { int x = ; } void g() {} }";
        Parsed parsed = parsed(source);
        assertThat(names(parsed.tree(), NodeKind.METHOD_DECLARATION)).containsExactly("f", "g");
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(Problem.SYNTAX);
                            assertThat(problem.message())
                                    .startsWith("Parse error. Found \";\"")
                                    .hasSizeLessThan(200)
                                    .doesNotContain("\n");
                            assertThat(source.substring(problem.start(), problem.end()))
                                    .isEqualTo("= ;");
                        });
    }

    @Test
    void aCharacterThatIsNotJavaIsUnparseableAtItsPlace() {
        String source = "class A {\n  int ü = #; }";
        Unparseable unparseable = unparseable(bytes(source));
        assertThat(unparseable.code()).isEqualTo(Problem.SYNTAX);
        assertThat(unparseable.message()).contains("#");
        assertThat(new String(unparseable.source(), StandardCharsets.UTF_8)).isEqualTo(source);
        assertThat(unparseable.source()[unparseable.start()]).isEqualTo((byte) '#');
        assertThat(unparseable.lines()).isEqualTo(2);
    }

    @Test
    void aZeroByteInACommentOrStringIsNoProblem() {
        Parsed parsed = parsed("class A { String s = \"\u0000\"; /* \u0000 */ }");
        assertThat(parsed.problems()).isEmpty();
        assertThat(names(parsed.tree(), NodeKind.STRING_LITERAL_EXPR)).containsExactly("\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void aByteOrderMarkSaysTheCharsetAndIsStripped(String charset) {
        String source = "class Größe {} // 💩";
        byte[] content = ("\uFEFF" + source).getBytes(Charset.forName(charset));
        Parsed parsed = parsed(content);
        assertThat(parsed.encoding()).isEqualTo(charset);
        assertThat(new String(parsed.source(), StandardCharsets.UTF_8)).isEqualTo(source);
        assertThat(parsed.problems()).isEmpty();
    }

    @Test
    void aFileThatIsNotUtf8IsReadAsWindows1252AndSaysSo() {
        byte[] content =
                "class A { String s = \"Größe €\"; }".getBytes(Charset.forName("windows-1252"));
        Parsed parsed = parsed(content);
        assertThat(parsed.encoding()).isEqualTo("windows-1252");
        assertThat(names(parsed.tree(), NodeKind.STRING_LITERAL_EXPR)).containsExactly("Größe €");
        assertThat(parsed.problems())
                .extracting(Problem::code, Problem::start)
                .containsExactly(tuple(Problem.ENCODING, -1));
    }

    @Test
    void everyByteIsSomeCharacterInTheEnd() {
        var content = new ByteArrayOutputStream();
        content.writeBytes(bytes("class A { /* "));
        for (int b = 0x80; b <= 0xFF; b++) {
            content.write(b);
        }
        content.writeBytes(bytes(" */ }"));
        Parsed parsed = parsed(content.toByteArray());
        assertThat(parsed.encoding()).isEqualTo("ISO-8859-1");
        assertThat(parsed.tree().nodeCount()).isGreaterThan(1);
    }

    @Test
    void aReplacementCharacterInUtf8IsItself() {
        assertThat(parsed("class A {} // \uFFFD").problems()).isEmpty();
    }

    @Test
    void aFileOverTheLimitIsTooLarge() {
        ParseResult result = new JavaSourceParser(10).parse(bytes("class A {} "));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Unparseable.class,
                        u -> assertThat(u.code()).isEqualTo(Unparseable.TOO_LARGE));
        assertThat(new JavaSourceParser(10).parse(bytes("class A {}"))).isInstanceOf(Parsed.class);
    }

    @Test
    void tenThousandParenthesesAreParsedOnAWorkersStack() throws Exception {
        byte[] content = nested("(", ")");
        ParseResult result = DeepStack.call(DeepStack.WORKER_BYTES, () -> parser.parse(content));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Parsed.class,
                        parsed ->
                                assertThat(names(parsed.tree(), NodeKind.ENCLOSED_EXPR))
                                        .hasSize(10_000));
    }

    @Test
    void whatIsTooDeepForTheStackIsAFailureOfTheFileOnly() throws Exception {
        byte[] content = nested("(", ")");
        ParseResult result = DeepStack.call(512 * 1024, () -> parser.parse(content));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Unparseable.class,
                        u -> {
                            assertThat(u.code()).isEqualTo(Unparseable.TOO_DEEP);
                            assertThat(u.source()).isEqualTo(content);
                            assertThat(u.lines()).isEqualTo(1);
                        });
    }

    private static byte[] nested(String open, String close) {
        return bytes(
                "class A { int x = " + open.repeat(10_000) + "1" + close.repeat(10_000) + "; }");
    }

    private static List<String> names(SyntaxTree tree, NodeKind kind) {
        return IntStream.range(0, tree.nodeCount())
                .filter(node -> tree.kind(node) == kind)
                .mapToObj(tree::text)
                .toList();
    }

    private Parsed parsed(String source) {
        return parsed(bytes(source));
    }

    private Parsed parsed(byte[] content) {
        return (Parsed) parser.parse(content);
    }

    private Unparseable unparseable(byte[] content) {
        return (Unparseable) parser.parse(content);
    }

    private static byte[] bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
