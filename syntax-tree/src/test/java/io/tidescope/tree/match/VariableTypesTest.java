package io.tidescope.tree.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.SyntaxTreeBuilder;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In {@code A b, c} each variable has a copy of the type, which stands outside of it. */
class VariableTypesTest {
    private static final SyntaxTree TREE = variables("A b, c", "b", "c");

    @Test
    void aTypeOfTwoVariablesIsFoundOnce() {
        Rule types = new Rule.OfKind(Set.of(NodeKind.CLASS_OR_INTERFACE_TYPE));
        assertThat(Code.found(TREE, types)).containsExactly("A");
    }

    @Test
    void theCopiesAreEqualAndCapturedWhereTheyStand() {
        SyntaxTree wanted = variables("$T $X, $Y", "$X", "$Y");
        var pattern =
                new Pattern(
                        "$T $X, $Y",
                        PatternForm.EXPRESSION,
                        wanted,
                        List.of(0),
                        Map.of(2, new Hole("T", false), 4, new Hole("T", false)),
                        Map.of(1, new Hole("X", false), 3, new Hole("Y", false)));
        Match match = Search.of(new Rule.Matches(pattern)).find(TREE, () -> {}).getFirst();
        assertThat(Code.captured(TREE, match)).isEqualTo(Map.of("T", "A", "X", "b", "Y", "c"));
    }

    private static SyntaxTree variables(String source, String... names) {
        var builder = new SyntaxTreeBuilder(source.getBytes(StandardCharsets.UTF_8));
        int root = builder.open(NodeKind.VARIABLE_DECLARATION_EXPR, Role.ROOT);
        builder.range(root, 0, source.length());
        int typeEnd = source.indexOf(' ');
        for (String name : names) {
            int start = source.indexOf(name, typeEnd);
            int variable = builder.open(NodeKind.VARIABLE_DECLARATOR, Role.VARIABLES);
            builder.range(variable, start, start + name.length());
            builder.identifier(variable, name, start, start + name.length());
            int type = builder.open(NodeKind.CLASS_OR_INTERFACE_TYPE, Role.TYPE);
            builder.range(type, 0, typeEnd);
            builder.identifier(type, source.substring(0, typeEnd), 0, typeEnd);
            builder.close(type);
            builder.close(variable);
        }
        builder.close(root);
        return builder.build();
    }
}
