package io.tidescope.parser.parse.pattern;

import static io.tidescope.parser.parse.pattern.CodeSearch.search;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Need;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;

/**
 * What code may have that a pattern does not mention, and what it may not: both as {@code ast-grep
 * run} tells it.
 */
class UnmentionedTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            textBlock =
                    """
                    if ($C) { $$$B }                        ~~ if (a) { b(); } else { c(); }
                    if ($C) $S                              ~~ if (a) { b(); } else { c(); }
                    try { $$$B } catch ($E $N) { $$$C }     ~~ try { } catch (A a) { } catch (B b) { } finally { }
                    try { $$$B } catch (A $N) { $$$C }      ~~ try { } catch (A | B a) { }
                    try { $$$B } catch (A | B $N) { $$$C }  ~~ try { } catch (A | B | C a) { }
                    try { $$$B } catch ($E $N) { $$$C }     ~~ try { } catch (@X final A | B a) { }
                    try ($R) { $$$B }                       ~~ try (R r = x) { } catch (A a) { }
                    new $T($$$A)                            ~~ x = new A() { void f() { } };
                    new A()                                 ~~ x = new A() { };
                    $T $N;                                  ~~ int x = 1;
                    int x;                                  ~~ int x = 1;
                    $T $N = $V;                             ~~ for (int i = 0; ; ) { }
                    final $T $N = $V;                       ~~ final @X int x = 1;
                    $A instanceof A                         ~~ b = x instanceof A a;
                    $A instanceof $T                        ~~ b = x instanceof A(int y);
                    $A instanceof R(int $N)                 ~~ b = x instanceof R(int y);
                    $A instanceof R($X)                     ~~ b = x instanceof R(S(A a));
                    List<$T>                                ~~ b = x instanceof List<A>(var y, var z);
                    $X -> $B                                ~~ f(() -> a);
                    $X -> $B                                ~~ f((a, b) -> a);
                    $X -> $B                                ~~ f((int a, int b) -> { });
                    $X -> $X.f()                            ~~ f(x -> x.f());
                    List<?>                                 ~~ List<? extends X> x;
                    switch ($X) { case 1: foo(); }          ~~ switch (x) { case 1: foo(); break; }
                    switch ($X) { case 1 -> foo(); }        ~~ switch (x) { case 1, 2 -> foo(); }
                    switch ($X) { case A $A -> foo(); }     ~~ switch (x) { case A a when b -> foo(); }
                    switch ($X) { $$$E }                    ~~ y = switch (x) { case 1 -> 2; default -> 3; };
                    case 1 -> foo();                        ~~ switch (x) { case 1, 2 -> foo(); }
                    """)
    void statementsMatch(String pattern, String statement) {
        assertThat(search(pattern, "class A { void a() { " + statement + " } }")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            textBlock =
                    """
                    if ($C) { $$$B } else { $$$D }          ~~ if (a) { b(); }
                    try { $$$B } finally { $$$C }           ~~ try { } catch (A a) { } finally { }
                    try { $$$B } catch (A $N) { $$$C }      ~~ try { } catch (B | A a) { }
                    try { $$$B } catch (A $N) { $$$C }      ~~ try { } catch (final A a) { }
                    try { $$$B } catch ($E $N) { $$$C }     ~~ try (R r = x) { } catch (A a) { }
                    try ($R) { $$$B }                       ~~ try (R r = x; R s = y) { }
                    new $T($$$A)                            ~~ x = y.new A();
                    new A($$$X)                             ~~ x = new A<>();
                    new A() { }                             ~~ x = new A();
                    new A() { }                             ~~ x = new A() { int f; };
                    new A() { int f; }                      ~~ x = new A() { int f; int g; };
                    $T $N;                                  ~~ int x, y;
                    $T $N;                                  ~~ final int x;
                    $T $N = $V;                             ~~ int x;
                    $T $N = $V;                             ~~ for (int i = 0, n = 2; ; ) { }
                    $T $N = $V;                             ~~ try (R r = x) { }
                    $A = $B;                                ~~ for (i = 0; ; ) { }
                    final $T $N = $V;                       ~~ @X final int x = 1;
                    $A instanceof $T $N                     ~~ b = x instanceof A;
                    $A instanceof R(int $N)                 ~~ b = x instanceof R(A a);
                    $A instanceof R($X)                     ~~ b = x instanceof R(A a, B b);
                    ($X) -> $B                              ~~ f(a -> a);
                    x -> $B                                 ~~ f((x) -> a);
                    () -> $B                                ~~ f(x -> a);
                    $X -> $X.f()                            ~~ f(() -> x.f());
                    $A::$B                                  ~~ f(A::new);
                    List<? extends X>                       ~~ List<?> x;
                    switch ($X) { case 1: foo(); break; }   ~~ switch (x) { case 1: foo(); break; case 2: }
                    switch ($X) { case 1, 2 -> foo(); }     ~~ switch (x) { case 1 -> foo(); }
                    return;                                 ~~ return x;
                    assert $X;                              ~~ assert x : "m";
                    break;                                  ~~ a: while (true) break a;
                    $A.$M($$$X)                             ~~ a.<T>f(1);
                    try ($$$R) { $$$B }                     ~~ try { } finally { }
                    """)
    void statementsDoNotMatch(String pattern, String statement) {
        assertThat(search(pattern, "class A { void a() { " + statement + " } }")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            textBlock =
                    """
                    public $T $M() { $$$B }             ~~ class A { public static int f() { } }
                    public $T $M() { $$$B }             ~~ class A { static public int f() { } }
                    public static $T $M() { $$$B }      ~~ class A { public final static int f() { } }
                    public $T $M() { $$$B }             ~~ class A { public @X int f() { } }
                    @X $T $M() { $$$B }                 ~~ class A { @X static public int f() { } }
                    @X public $T $M() { $$$B }          ~~ class A { @X static public int f() { } }
                    $T $M() throws A { $$$B }           ~~ class A { int f() throws A, B { } }
                    $T $M() throws $E { $$$B }          ~~ class A { int f() throws A, B { } }
                    void $M($A $B) { $$$C }             ~~ class A { void f(final int a) { } }
                    public class $C { $$$B }            ~~ public final class A { }
                    class $C implements A { $$$B }      ~~ class C implements A, B { int f; }
                    interface $C extends A { $$$B }     ~~ interface C extends A, B { }
                    class $C<T> { $$$B }                ~~ class A<T extends X> { }
                    class $C<T extends X> { $$$B }      ~~ class A<T extends X & Y> { }
                    enum E { A, B }                     ~~ enum E { A(1), B { } }
                    enum $E { $$$A }                    ~~ enum E { A(1), B; int f; }
                    enum $E { A(1) }                    ~~ enum E { A(1) { int x; } }
                    enum $E { A; int x; }               ~~ enum E { A; int x; int y; }
                    @Foo($V)                            ~~ @Foo(a = 1) class A { }
                    @Foo($$$V)                          ~~ @Foo(a = 1, b = 2) class A { }
                    @Foo($$$V)                          ~~ @Foo() class A { }
                    @Foo($$$V)                          ~~ @Foo(1) class A { }
                    private $T $N;                      ~~ class A { private static int f = 1; }
                    """)
    void declarationsMatch(String pattern, String source) {
        assertThat(search(pattern, source)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            textBlock =
                    """
                    public static $T $M() { $$$B }      ~~ class A { static public int f() { } }
                    public $T $M() { $$$B }             ~~ class A { @X public int f() { } }
                    public final $T $M() { $$$B }       ~~ class A { public int f() { } }
                    @X public $T $M() { $$$B }          ~~ class A { @X @Y public int f() { } }
                    @X $T $M() { $$$B }                 ~~ class A { public @X static int f() { } }
                    @Y $T $M() { $$$B }                 ~~ class A { @X @Y int f() { } }
                    $T $M() { $$$B }                    ~~ class A { @X int f() { } }
                    $T $M() { $$$B }                    ~~ class A { public int f() { } }
                    $T $M() { $$$B }                    ~~ class A { int f() throws X { } }
                    $T $M() throws $$$E { $$$B }        ~~ class A { int f() { } }
                    $T $M() { $$$B }                    ~~ class A { <T> int f() { } }
                    $T $M();                            ~~ class A { int f() { } }
                    void $M(int $B) { $$$C }            ~~ class A { void f(final int a) { } }
                    void $M($A $B) { $$$C }             ~~ class A { void f(int... a) { } }
                    class $C { $$$B }                   ~~ class A<T> { }
                    class $C { $$$B }                   ~~ class A extends B { }
                    class $C extends A { $$$B }         ~~ class C extends A implements B { }
                    class $C implements B { $$$B }      ~~ class C implements A, B { }
                    class $C<T> { $$$B }                ~~ class A<T, U> { }
                    class $C<$$$T> { $$$B }             ~~ class A { }
                    class $C implements $$$I { $$$B }   ~~ class A { }
                    record $R(int $A) { $$$B }          ~~ record R(int a, int b) { }
                    enum $E { $$$A }                    ~~ enum E implements X { A }
                    enum $E { A($X) }                   ~~ enum E { A(1, 2) }
                    enum $E { A { int x; } }            ~~ enum E { A { int x; int y; } }
                    enum $E { A; int y; }               ~~ enum E { A; int x; int y; }
                    import $X;                          ~~ import static a.b.C.d;
                    import $X;                          ~~ import a.b.*;
                    @Foo                                ~~ @Foo() class A { }
                    @Foo($V)                            ~~ @Foo(a = 1, b = 2) class A { }
                    @Foo(a = $V)                        ~~ @Foo(a = 1, b = 2) class A { }
                    package a.b;                        ~~ `@X package a.b;`
                    """)
    void declarationsDoNotMatch(String pattern, String source) {
        assertThat(search(pattern, source)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            value = {
                "$T $N = $V; ~~ for (int i = 0 ; i < n; i++) { } ~~ int i = 0 ;",
                "$T $N; ~~ for (int i = 0; ; ) { } ~~ int i = 0;",
                "$T $N; ~~ for (int i = 0/* ; */; ; ) { } ~~ int i = 0/* ; */;",
                "$T $N; ~~ for (int i = 0/*a*//*;*/ ; ; ) { } ~~ int i = 0/*a*//*;*/ ;",
                "if ($C) $S ~~ if (a) b(); else c(); ~~ if (a) b(); else c();",
                "catch (A $N) { } ~~ try { } catch (A | B a) { } ~~ catch (A | B a) { }",
            })
    void aMatchIsTheWholeNode(String pattern, String statement, String expected) {
        String source = "class A { void a() { " + statement + " } }";
        Match match = search(pattern, source).getFirst();
        assertThat(source.substring(match.start(), match.end())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            quoteCharacter = '`',
            value = {
                "$X -> $B ~~ f((a, b) -> c); ~~ X ~~ a, b",
                "$X -> $B ~~ f(a -> c); ~~ X ~~ a",
                "$X -> $B ~~ f(() -> c); ~~ X ~~ ``",
                "try { } catch ($E $N) { } ~~ try { } catch (final A a) { } ~~ E ~~ A",
                "try { } catch ($$$M A $N) { } ~~ try { } catch (final A a) { } ~~ M ~~ final",
                "@X($V) int $N; ~~ @X(a = 1) int x = 2; ~~ V ~~ a = 1",
                "@X($V) int $N; ~~ @X(a = 1) int x = 2; ~~ N ~~ x",
            })
    void holesStandForWhatIsThere(String pattern, String statement, String hole, String expected) {
        String source = "class A { void a() { " + statement + " } }";
        Match.Capture capture =
                requireNonNull(search(pattern, source).getFirst().captures().get(hole));
        assertThat(source.substring(capture.start(), capture.end())).isEqualTo(expected);
    }

    @Test
    void whatMayHaveAnotherShapeIsNotNeeded() {
        assertThat(need("$X -> $B")).isEqualTo(new Need.Kind(Set.of(NodeKind.LAMBDA_EXPR)));
        assertThat(need("@$A($V)"))
                .isEqualTo(
                        new Need.Kind(
                                Set.of(
                                        NodeKind.SINGLE_MEMBER_ANNOTATION_EXPR,
                                        NodeKind.NORMAL_ANNOTATION_EXPR)));
        assertThat(need("switch ($X) { $$$E }"))
                .isEqualTo(new Need.Kind(Set.of(NodeKind.SWITCH_STMT, NodeKind.SWITCH_EXPR)));
    }

    private static Need need(String pattern) {
        return Search.of(new Rule.Matches(new JavaPatternReader().read(pattern))).need();
    }
}
