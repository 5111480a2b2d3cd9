package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.metamodel.BaseNodeMetaModel;
import com.github.javaparser.metamodel.JavaParserMetaModel;
import com.github.javaparser.metamodel.PropertyMetaModel;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our kinds, roles and attributes against JavaParser's metamodel: nothing is missing, or extra. */
class NodeSchemaTest {
    private static final Set<String> NOT_NODES_OF_OURS =
            Set.of(
                    "SimpleName",
                    "BlockComment",
                    "LineComment",
                    "MarkdownComment",
                    "TraditionalJavadocComment");

    @Test
    void everyKindIsOneOfJavaParsersConcreteNodes() {
        assertThat(Arrays.stream(NodeKind.values()).map(NodeKind::label))
                .containsExactlyInAnyOrderElementsOf(
                        models().map(BaseNodeMetaModel::getTypeName).toList());
    }

    @Test
    void everyRoleIsAPropertyThatHoldsNodes() {
        Set<String> roles =
                models().flatMap(model -> model.getAllPropertyMetaModels().stream())
                        .filter(property -> property.isNode() && !property.is("comment"))
                        .filter(property -> property.getType() != SimpleName.class)
                        .map(PropertyMetaModel::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        roles.add(Role.ROOT.label());
        // BreakStmt.label and the like are texts; SwitchEntry.labels are nodes
        assertThat(Arrays.stream(Role.values()).map(Role::label).filter(r -> !isText(r)))
                .containsExactlyInAnyOrderElementsOf(roles);
    }

    @Test
    void everyPropertyIsAChildAnAttributeOrTheText() {
        for (NodeKind kind : NodeKind.values()) {
            NodeSchema schema = NodeSchema.of(kind);
            Stream<String> covered =
                    Stream.of(
                                    Arrays.stream(schema.children())
                                            .map(child -> child.property().getName()),
                                    Arrays.stream(schema.attributes())
                                            .map(attribute -> attribute.property().getName()),
                                    Stream.ofNullable(schema.text())
                                            .map(text -> text.property().getName()))
                            .flatMap(names -> names);
            assertThat(covered)
                    .as(kind.label())
                    .containsExactlyInAnyOrderElementsOf(
                            schema.model().getAllPropertyMetaModels().stream()
                                    .map(PropertyMetaModel::getName)
                                    .filter(name -> !name.equals("comment"))
                                    .toList());
        }
    }

    @Test
    void attributeValuesAreJavaParsersConstantsInTheirOrder() {
        for (NodeKind kind : NodeKind.values()) {
            for (NodeSchema.Bits attribute : NodeSchema.of(kind).attributes()) {
                Class<?> type = attribute.property().getType();
                List<String> constants =
                        type.isEnum()
                                ? Arrays.stream(type.getEnumConstants())
                                        .map(constant -> ((Enum<?>) constant).name())
                                        .toList()
                                : List.of();
                assertThat(attribute.field().values())
                        .as(kind.label() + "." + attribute.field().name())
                        .isEqualTo(constants);
            }
        }
    }

    @Test
    void attributesOfAKindFitIntoAByteWithoutOverlapping() {
        for (NodeKind kind : NodeKind.values()) {
            int used = 0;
            for (AttributeField field : AttributeField.of(kind)) {
                int largest = Math.max(1, field.values().size() - 1) << field.shift();
                int bits = (Integer.highestOneBit(largest) << 1) - (1 << field.shift());
                assertThat(used & bits).as(kind.label()).isZero();
                used |= bits;
            }
            assertThat(used).as(kind.label()).isLessThan(256);
        }
    }

    private static boolean isText(String role) {
        return role.equals("label");
    }

    private static Stream<BaseNodeMetaModel> models() {
        return JavaParserMetaModel.getNodeMetaModels().stream()
                .filter(model -> !model.isAbstract())
                .filter(model -> !NOT_NODES_OF_OURS.contains(model.getTypeName()));
    }
}
