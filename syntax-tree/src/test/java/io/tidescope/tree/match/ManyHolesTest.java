package io.tidescope.tree.match;

import static io.tidescope.tree.match.Code.anyStatement;
import static io.tidescope.tree.match.Code.block;
import static io.tidescope.tree.match.Code.call;
import static io.tidescope.tree.match.Code.captured;
import static io.tidescope.tree.match.Code.found;
import static io.tidescope.tree.match.Code.ifThen;
import static io.tidescope.tree.match.Code.name;
import static io.tidescope.tree.match.Code.plus;
import static io.tidescope.tree.match.Code.rule;
import static io.tidescope.tree.match.Code.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Map;

class ManyHolesTest {
    @Test
    void aHoleForManyTakesAnyNumber() {
        Code pattern = call("f", name("$$$A"));
        assertThat(captured(call("f"), pattern)).isEqualTo(Map.of("A", ""));
        assertThat(captured(call("f", name("x")), pattern)).isEqualTo(Map.of("A", "x"));
        assertThat(captured(call("f", name("x"), name("y")), pattern))
                .isEqualTo(Map.of("A", "x, y"));
    }

    @Test
    void nothingStandsWhereItWould() {
        assertThat(placeOfNothing(call("f"), call("f", name("$$$A")))).isEqualTo("f(".length());
        assertThat(placeOfNothing(block(), block(anyStatement("$$$A")))).isEqualTo("{  ".length());
        Code then = ifThen(name("c"), block());
        Code otherwise =
                Code.of(
                        NodeKind.IF_STMT,
                        new Code.Child(Role.CONDITION, name("c")),
                        new Code.Child(Role.THEN_STMT, block()),
                        new Code.Child(Role.ELSE_STMT, anyStatement("$$$A")));
        assertThat(placeOfNothing(then, otherwise)).isEqualTo("if (c) {  }".length());
    }

    private static int placeOfNothing(Code code, Code pattern) {
        Match match = Search.of(rule(pattern)).find(code.tree(), () -> {}).getFirst();
        Match.Capture nothing = requireNonNull(match.captures().get("A"));
        assertThat(nothing.node()).isEqualTo(-1);
        assertThat(nothing.end()).isEqualTo(nothing.start());
        return nothing.start();
    }

    @Test
    void aHoleForManyLeavesWhatComesBehindIt() {
        Code code = call("f", name("a"), name("x"), name("b"), name("x"), name("c"));
        assertThat(captured(code, call("f", name("$$$A"), name("x"), name("$$$B"))))
                .isEqualTo(Map.of("A", "a", "B", "b, x, c"));
        assertThat(captured(code, call("f", name("$$$A"), name("x"), name("$C"))))
                .isEqualTo(Map.of("A", "a, x, b", "C", "c"));
        assertThat(captured(code, call("f", name("$$$A"), name("y"), name("$$$B")))).isNull();
    }

    @Test
    void aChoiceIsTakenBackWhenARepeatedNameDiffersLater() {
        Code code = plus(call("f", name("a"), name("b"), name("c")), call("g", name("b")));
        Code pattern =
                plus(call("f", name("$$$L"), name("$X"), name("$$$R")), call("g", name("$X")));
        assertThat(captured(code, pattern)).isEqualTo(Map.of("L", "a", "X", "b", "R", "c"));
    }

    @Test
    void listsThatRepeatAreEqualElementByElement() {
        Code pattern = plus(call("f", name("$$$L")), call("g", name("$$$L"), name("$$$R")));
        assertThat(
                        captured(
                                plus(
                                        call("f", name("a"), name("b")),
                                        call("g", name("a"), name("b"), name("c"))),
                                pattern))
                .isEqualTo(Map.of("L", "a, b", "R", "c"));
        assertThat(found(plus(call("f", name("a")), call("g", name("b"))), pattern)).isEmpty();
    }

    @Test
    void manyHolesTakeNoMoreThanTheProductOfTheLengths() {
        Code[] arguments = Collections.nCopies(60, name("x")).toArray(Code[]::new);
        Code[] wanted = new Code[24];
        for (int i = 0; i < wanted.length; i += 2) {
            wanted[i] = name("$$$_");
            wanted[i + 1] = name("x");
        }
        wanted[wanted.length - 1] = name("y");
        int[] efforts = {0};
        Rule rule = rule(call("f", wanted));
        assertThat(Search.of(rule).find(call("f", arguments).tree(), () -> efforts[0]++)).isEmpty();
        assertThat(efforts[0]).isLessThan(60 * 24 * 4 / 256);
    }

    @Test
    void anEffortThatIsTooMuchEndsTheSearch() {
        Code[] arguments = Collections.nCopies(60, name("x")).toArray(Code[]::new);
        Code[] wanted = new Code[13];
        for (int i = 0; i < wanted.length - 1; i += 2) {
            wanted[i] = name("$$$A" + "BCDEFG".charAt(i / 2));
            wanted[i + 1] = name("$X");
        }
        wanted[wanted.length - 1] = name("y");
        int[] left = {10};
        Runnable effort =
                () -> {
                    if (--left[0] == 0) {
                        throw new IllegalStateException("too long");
                    }
                };
        Search search = Search.of(rule(call("f", wanted)));
        assertThatThrownBy(() -> search.find(call("f", arguments).tree(), effort))
                .hasMessage("too long");
    }

    @Test
    void anEmptyListOfTypeArgumentsIsAnyNumberButNoListIsNone() {
        Code pattern =
                Code.of(
                        NodeKind.CLASS_OR_INTERFACE_TYPE,
                        new Code.Id("A"),
                        "<",
                        new Code.Child(Role.TYPE_ARGUMENTS, type("$$$T")),
                        ">");
        Code diamond =
                Code.of(NodeKind.CLASS_OR_INTERFACE_TYPE, new Code.Id("A"), "<>").withBits(1);
        assertThat(captured(diamond, pattern)).isEqualTo(Map.of("T", ""));
        assertThat(found(type("A"), pattern)).isEmpty();
    }
}
