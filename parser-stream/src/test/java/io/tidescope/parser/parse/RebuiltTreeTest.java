package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The tree that JavaParser makes by its own means equals the one rebuilt from the stored tree. */
class RebuiltTreeTest {
    private static final int FILES = 5_000;

    @Test
    void realFilesAreRebuiltNodeForNodeWithTheirRanges() throws Exception {
        List<SourceFile> files = Corpus.open().sample(FILES);
        assertThat(files).hasSize(FILES);
        List<String> differences =
                DeepStack.call(
                        DeepStack.WORKER_BYTES,
                        () ->
                                files.stream()
                                        .flatMap(
                                                file ->
                                                        difference(file.content())
                                                                .map(d -> file.path() + d)
                                                                .stream())
                                        .toList());
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "// only a comment",
                "class A {",
                "class A { int f(  } class B {}",
                "class A { void f() { int x = ; foo(; } void g() { g(); } }",
                "@interface",
                "import module java.base; void main() { IO.println(1); } int x;",
                "class A\r{\r\n\tint x;\r}\r\n",
                "class Ä { String s = \"💩 \\u00e4\"; int \\u0041b, äö💩[]; /* € */ int z; }",
                "class A { int a[], b[][] = {}, c; int @X [] d @Y [] @Z [], e; int[] f()[] {} }",
                "class A { void f() { var x = (var) y; for (var z : x) {} var.class.f(); } }",
                "class A { A f = new <B> A<>(1) {}; B g = o.new <C> D(); int[] h = new int[3][]; }",
                "class A { Object o = A::<B>new; Object p = int[]::new, q = super::f; }",
                "class A { A(A this) {} void f(B.@X C<?, ? super D, ? extends E & F> this, int..."
                        + " x) throws G {} }",
                "record P<T>(@A int x, T... y) implements I { P { super(); } P(int z) { this(z); }"
                        + " }",
                "class A { int f(Object o) { return switch (o) { case P(int x, var _) when x > 1 ->"
                        + " 1; case String s -> { yield 2; } case null, default -> throw e; }; } }",
                "class A { { switch (x) { case 1, 2: case A.B: break; default: } l: for (;;)"
                        + " continue l; } static {} }",
                "class A { boolean b = o instanceof B(int x); }",
                "class A { boolean b = o instanceof B(C(D d)) && o instanceof B(final @X var y); }",
                "class A { boolean b = o instanceof B(int x, var y) || o instanceof B b; }",
                "class A { int f(Object o) { return switch (o) { case B(int x) -> x; case C(D(_))"
                        + " -> 0; case E() -> 1; }; } }",
                "enum E implements I { @A X(1) { void f() {} }, Y, ; E() {} }",
                "@interface A { int x() default 1; @B(c = {1, 2}) String[] y(); }",
                "sealed interface I permits A, B {} non-sealed class A implements I {} ",
                "@A open module a.b { requires transitive static c.d; exports e to f, g.h;"
                        + " provides h with i, j; uses k; opens l; }",
                "class A { Object f = (a, b) -> a, g = _ -> { }, h = (final int c, d e) -> (I & J)"
                        + " f; }",
                "class A { String s = \"\"\"\n"
                        + "  a \\\"\"\" b\n"
                        + "  \"\"\"; char c = '\\u0041'; long l = 0x1_0L; double d = 1e-3; }",
                "class A { void f() { try (var a = b; c) {} catch (D | E e) {} finally {}"
                        + " synchronized (x) { assert a : b; } class L {} record R() {} ; } }",
            })
    void everyConstructIsRebuiltNodeForNodeWithItsRange(String source) {
        assertThat(difference(source.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static Optional<String> difference(byte[] content) {
        if (!(new JavaSourceParser().parse(content) instanceof Parsed parsed)) {
            return Optional.of(": not parsed");
        }
        SyntaxTree stored =
                SyntaxTree.read(
                        ByteBuffer.wrap(parsed.tree().toBytes()), ByteBuffer.wrap(parsed.source()));
        CompilationUnit expected =
                javaParser()
                        .parse(new String(parsed.source(), StandardCharsets.UTF_8))
                        .getResult()
                        .orElseThrow();
        return NodeDifference.between(expected, TreeRebuilder.rebuild(stored));
    }

    /** As it comes, but for comments, which are no nodes of ours. */
    private static JavaParser javaParser() {
        return new JavaParser(
                new ParserConfiguration()
                        .setLanguageLevel(LanguageLevel.BLEEDING_EDGE)
                        .setAttributeComments(false));
    }
}
