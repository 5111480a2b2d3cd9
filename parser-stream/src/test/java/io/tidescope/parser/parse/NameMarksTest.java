package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.KindScan;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who looks for an identifier by its mark comes by all nodes that have it. */
class NameMarksTest {
    private static final String CODE =
            """
            package a.b;
            import java.util.*;
            @Deprecated(since = "1") class Größe<T extends Comparable<T>> {
                int max, m\\u0061x2 [];
                @Override non_sealed $x(int... max) {
                    label: for (;;) { break label; }
                    this.max = Math.max(this::max, new int[] {1, 0x2})[0].max;
                    return x -> (String) "max" + x . /* of */ max (x);
                }
                enum E { A, B { int c; } }
                record R(int a, @B(c = 1) String b) { R { } }
            }
            """
                    .replace("\\\\u", "\\u");

    @Test
    void everyNodeIsFoundByItsName() {
        SyntaxTree tree = tree();
        for (int node = 0; node < tree.nodeCount(); node++) {
            byte mark = SyntaxTree.nameMark(tree.text(node));
            assertThat(tree.next(KindScan.of(KindSet.ALL), mark, node))
                    .as(tree.text(node))
                    .isEqualTo(node);
        }
        assertThat(tree.text(tree.next(KindSet.of(List.of(NodeKind.LABELED_STMT)), 0)))
                .isEqualTo("label");
    }

    @Test
    void mostOthersArePassedOver() {
        SyntaxTree tree = tree();
        KindScan calls = KindScan.of(KindSet.of(List.of(NodeKind.METHOD_CALL_EXPR)));
        byte mark = SyntaxTree.nameMark("min");

        assertThat(tree.next(calls, mark, 0)).isEqualTo(tree.nodeCount());
    }

    @Test
    void whatIsNoIdentifierHasNoMark() {
        assertThat(SyntaxTree.nameMark("a.b")).isZero();
        assertThat(SyntaxTree.nameMark("a b")).isZero();
        assertThat(SyntaxTree.nameMark("ab")).isNotZero();
    }

    private static SyntaxTree tree() {
        Parsed parsed =
                (Parsed) new JavaSourceParser().parse(CODE.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.tree().text(0)).isEmpty();
        return parsed.tree();
    }
}
