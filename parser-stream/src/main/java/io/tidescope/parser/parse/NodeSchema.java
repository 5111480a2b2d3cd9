package io.tidescope.parser.parse;

import static java.util.Objects.requireNonNull;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.PatternExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.metamodel.BaseNodeMetaModel;
import com.github.javaparser.metamodel.JavaParserMetaModel;
import com.github.javaparser.metamodel.PropertyMetaModel;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What JavaParser's metamodel says about one class of nodes, in the terms of the syntax tree: its
 * kind, its children by role, its attributes and its text, each with a getter.
 *
 * @param children in the order in which they stand in the tree
 * @param text the identifier, name or value that becomes the node's text, if any
 */
record NodeSchema(
        NodeKind kind,
        BaseNodeMetaModel model,
        Child[] children,
        Bits[] attributes,
        @Nullable Text text) {

    /**
     * A property whose value is a node or a list of nodes.
     *
     * @param list whether it is a list
     * @param optional whether the getter gives an {@link Optional} of it
     * @param emptyBit attribute bit for a list that is there but empty; 0 when a list is always
     *     there
     * @param acceptsVar whether {@code var} may stand here as the type to infer
     * @param shared whether the node may be the parent's too: the type of a pattern is also the one
     *     that {@code instanceof} has, which counts it as its own
     */
    record Child(
            Role role,
            PropertyMetaModel property,
            Function<Node, Object> getter,
            boolean list,
            boolean optional,
            int emptyBit,
            boolean acceptsVar,
            boolean shared) {

        /** The node or list; null when there is none, or it is the parent's. */
        @SuppressWarnings("ReferenceEquality") // which node it is, not what it looks like
        @Nullable Object read(Node node) {
            Object value = getter.apply(node);
            if (shared && ((Node) value).getParentNode().orElse(null) != node) {
                return null;
            }
            return optional ? ((Optional<?>) value).orElse(null) : value;
        }
    }

    /** A property whose value is a constant or a flag, and the bits it is kept in. */
    record Bits(AttributeField field, PropertyMetaModel property, Function<Node, Object> getter) {
        int read(Node node) {
            Object value = getter.apply(node);
            int ordinal = value instanceof Enum<?> constant ? constant.ordinal() : flag(value);
            return ordinal << field.shift();
        }

        private static int flag(Object value) {
            return Boolean.TRUE.equals(value) ? 1 : 0;
        }
    }

    /**
     * The property that becomes the node's text.
     *
     * @param optional whether the getter gives an {@link Optional} of it
     * @param named whether it is a {@link SimpleName}, else a string
     */
    record Text(
            PropertyMetaModel property,
            Function<Node, Object> getter,
            boolean optional,
            boolean named) {
        /** The name or string; null when there is none. */
        @Nullable Object read(Node node) {
            Object value = getter.apply(node);
            return optional ? ((Optional<?>) value).orElse(null) : value;
        }
    }

    private static final Map<String, Role> ROLES =
            Arrays.stream(Role.values()).collect(Collectors.toMap(Role::label, role -> role));

    private static final Map<NodeKind, NodeSchema> BY_KIND = new HashMap<>();

    private static final ClassValue<NodeSchema> BY_CLASS =
            new ClassValue<>() {
                @Override
                protected NodeSchema computeValue(Class<?> type) {
                    return BY_KIND.values().stream()
                            .filter(schema -> schema.model().getType() == type)
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalStateException("no NodeKind for " + type));
                }
            };

    static {
        Map<String, BaseNodeMetaModel> models =
                JavaParserMetaModel.getNodeMetaModels().stream()
                        .filter(model -> !model.isAbstract())
                        .collect(Collectors.toMap(m -> m.getTypeName(), model -> model));
        for (NodeKind kind : NodeKind.values()) {
            BY_KIND.put(kind, of(kind, requireNonNull(models.get(kind.label()))));
        }
    }

    static NodeSchema of(Node node) {
        return BY_CLASS.get(node.getClass());
    }

    static NodeSchema of(NodeKind kind) {
        return requireNonNull(BY_KIND.get(kind));
    }

    private static NodeSchema of(NodeKind kind, BaseNodeMetaModel model) {
        var children = new ArrayList<Child>();
        var attributes = new ArrayList<Bits>();
        Text text = null;
        for (PropertyMetaModel property : ordered(model)) {
            Function<Node, Object> getter = Getters.of(model.getType(), property);
            if (property.getName().equals(kind.textProperty()) && isText(property)) {
                text =
                        new Text(
                                property,
                                getter,
                                property.isOptional(),
                                property.getType() == SimpleName.class);
            } else if (property.isNode()) {
                children.add(
                        new Child(
                                requireNonNull(ROLES.get(property.getName())),
                                property,
                                getter,
                                property.isNodeList(),
                                property.isOptional(),
                                emptyBit(kind, property),
                                property.getType() == Type.class
                                        && model.getType() != ClassExpr.class,
                                property.getName().equals("type")
                                        && PatternExpr.class.isAssignableFrom(model.getType())));
            } else {
                attributes.add(new Bits(field(kind, property.getName()), property, getter));
            }
        }
        return new NodeSchema(
                kind, model, children.toArray(Child[]::new), attributes.toArray(Bits[]::new), text);
    }

    /**
     * The properties in the constructor's order, which is mostly that of the source, with
     * annotations first, and what else differs moved to its place.
     */
    private static List<PropertyMetaModel> ordered(BaseNodeMetaModel model) {
        List<String> constructor =
                model.getConstructorParameters().stream().map(PropertyMetaModel::getName).toList();
        return model.getAllPropertyMetaModels().stream()
                .filter(property -> !property.getName().equals("comment"))
                .sorted(Comparator.comparingInt(p -> place(p.getName(), constructor)))
                .toList();
    }

    private static int place(String property, List<String> constructor) {
        return switch (property) {
            case "annotations" ->
                    constructor.contains("scope") || constructor.contains("componentType")
                            ? constructor.size() * 2
                            : -1;
            case "guard" -> constructor.indexOf("labels") * 2 + 1;
            case "receiverParameter" -> constructor.indexOf("parameters") * 2 - 1;
            case "typeParameters" ->
                    Math.min(constructor.indexOf(property), constructor.indexOf("name") + 1) * 2
                            - 1;
            default -> constructor.indexOf(property) * 2;
        };
    }

    private static boolean isText(PropertyMetaModel property) {
        return property.getType() == SimpleName.class || property.getType() == String.class;
    }

    private static int emptyBit(NodeKind kind, PropertyMetaModel property) {
        if (!property.isNodeList() || property.isRequired()) {
            return 0;
        }
        String flag =
                property.getName().equals("typeArguments")
                        ? AttributeField.EMPTY_TYPE_ARGUMENTS
                        : AttributeField.EMPTY_ANONYMOUS_CLASS_BODY;
        return 1 << field(kind, flag).shift();
    }

    private static AttributeField field(NodeKind kind, String name) {
        return AttributeField.of(kind).stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no field for " + kind + "." + name));
    }
}
