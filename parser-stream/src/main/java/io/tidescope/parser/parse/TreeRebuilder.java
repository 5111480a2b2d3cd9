package io.tidescope.parser.parse;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.AllFieldsConstructor;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.nodeTypes.NodeWithAnnotations;
import com.github.javaparser.metamodel.PropertyMetaModel;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.Positions;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds JavaParser's tree back from a {@link SyntaxTree}, ranges included, comments and tokens
 * not. Recurses as deep as the tree is. For those who want JavaParser's own analyses on stored
 * trees, and the proof that a stored tree lacks nothing.
 */
public final class TreeRebuilder {
    private static final ClassValue<Constructor<?>> CONSTRUCTORS =
            new ClassValue<>() {
                @Override
                protected Constructor<?> computeValue(Class<?> type) {
                    return Arrays.stream(type.getConstructors())
                            .filter(c -> c.isAnnotationPresent(AllFieldsConstructor.class))
                            .findFirst()
                            .orElseThrow();
                }
            };

    private final SyntaxTree tree;
    private final LineIndex lines;

    private TreeRebuilder(SyntaxTree tree) {
        this.tree = tree;
        this.lines = tree.lines();
    }

    public static CompilationUnit rebuild(SyntaxTree tree) {
        return (CompilationUnit) new TreeRebuilder(tree).node(0, new EnumMap<>(Role.class));
    }

    /**
     * @param children what it shares with its parent; becomes all that it has
     */
    private Node node(int node, Map<Role, NodeList<Node>> children) {
        NodeSchema schema = NodeSchema.of(tree.kind(node));
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            Node built = node(child, shared(child, children));
            children.computeIfAbsent(tree.role(child), role -> new NodeList<>()).add(built);
        }
        Node built = construct(schema, properties(node, schema, children));
        if (built instanceof LiteralStringValueExpr literal) {
            literal.setValue(tree.text(node)); // the constructor escapes it once more
        }
        NodeList<Node> annotations = children.get(Role.ANNOTATIONS);
        if (annotations != null
                && built instanceof NodeWithAnnotations<?> annotated
                && annotated.getAnnotations().isEmpty()) {
            annotations.forEach(a -> annotated.addAnnotation((AnnotationExpr) a));
        }
        built.setRange(range(node));
        built.setParsed(
                tree.isUnparsable(node) ? Node.Parsedness.UNPARSABLE : Node.Parsedness.PARSED);
        return built;
    }

    /** The type that stands behind {@code instanceof} is the pattern's as well. */
    private Map<Role, NodeList<Node>> shared(int child, Map<Role, NodeList<Node>> siblings) {
        var shared = new EnumMap<Role, NodeList<Node>>(Role.class);
        NodeList<Node> type = siblings.get(Role.TYPE);
        if (tree.role(child) == Role.PATTERN && type != null) {
            shared.put(Role.TYPE, type);
        }
        return shared;
    }

    /** What the metamodel's {@code construct} does, with the constructor found once per class. */
    @SuppressWarnings("NullAway") // JavaParser's constructors take null for what is optional
    private static Node construct(NodeSchema schema, Map<String, Object> properties) {
        List<PropertyMetaModel> parameters = schema.model().getConstructorParameters();
        Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            PropertyMetaModel parameter = parameters.get(i);
            arguments[i] = properties.get(parameter.getName());
            if (arguments[i] == null && parameter.isNodeList() && parameter.isRequired()) {
                arguments[i] = new NodeList<>();
            }
        }
        try {
            return (Node) CONSTRUCTORS.get(schema.model().getType()).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build a " + schema.kind().label(), e);
        }
    }

    private Map<String, Object> properties(
            int node, NodeSchema schema, Map<Role, NodeList<Node>> children) {
        var properties = new HashMap<String, Object>();
        for (NodeSchema.Child child : schema.children()) {
            NodeList<Node> nodes = children.get(child.role());
            if (nodes != null) {
                properties.put(
                        child.property().getName(),
                        child.property().isNodeList() ? nodes : nodes.get(0));
            } else if ((tree.attributeBits(node) & child.emptyBit()) != 0) {
                properties.put(child.property().getName(), new NodeList<>());
            }
        }
        for (NodeSchema.Bits attribute : schema.attributes()) {
            properties.put(
                    attribute.property().getName(),
                    constant(attribute.property(), attribute.field(), tree.attributeBits(node)));
        }
        NodeSchema.Text text = schema.text();
        if (text != null && tree.hasText(node)) {
            properties.put(
                    text.property().getName(),
                    text.property().getType() == String.class ? tree.text(node) : name(node));
        }
        return properties;
    }

    private static Object constant(PropertyMetaModel property, AttributeField field, int bits) {
        int value = field.read(bits);
        return property.getType().isEnum()
                ? property.getType().getEnumConstants()[value]
                : (Object) (value != 0);
    }

    private SimpleName name(int node) {
        var name = new SimpleName(tree.text(node));
        name.setRange(range(tree.nameStart(node), tree.nameEnd(node)));
        return name;
    }

    private @Nullable Range range(int node) {
        Positions place = tree.positions(node).orElse(null);
        if (place != null) {
            return new Range(
                    new Position(place.beginLine(), place.beginColumn()),
                    new Position(place.endLine(), place.endColumn()));
        }
        return tree.hasRange(node) ? range(tree.start(node), tree.end(node)) : null;
    }

    private @Nullable Range range(int start, int end) {
        return start < 0 ? null : new Range(position(start), lastPosition(end));
    }

    private Position position(int offset) {
        return new Position(lines.line(offset), lines.column(offset));
    }

    /** The position of the last UTF-16 unit before an offset. */
    private Position lastPosition(int end) {
        int line = lines.line(end - 1);
        int column = lines.column(end);
        return lines.line(end) == line
                ? new Position(line, column - 1)
                : new Position(line, lines.columns(line));
    }
}
