package io.tidescope.parser.parse;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.metamodel.PropertyMetaModel;

import java.lang.reflect.Field;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The first difference between two of JavaParser's trees: in classes, ranges, whether they are
 * parsed, and every property of every node, but for comments.
 */
final class NodeDifference {
    private static final Map<PropertyMetaModel, Field> FIELDS = new IdentityHashMap<>();

    private NodeDifference() {}

    static Optional<String> between(Node expected, Node actual) {
        return nodes(expected, actual, "");
    }

    private static Optional<String> nodes(Node expected, Node actual, String path) {
        String at = path + "/" + expected.getClass().getSimpleName();
        if (expected.getClass() != actual.getClass()) {
            return Optional.of(at + ": is a " + actual.getClass().getSimpleName());
        }
        if (!expected.getRange().equals(actual.getRange())) {
            return Optional.of(
                    at + ": expected at " + expected.getRange() + ", is at " + actual.getRange());
        }
        if (expected.getParsed() != actual.getParsed()) {
            return Optional.of(at + ": is " + actual.getParsed());
        }
        for (PropertyMetaModel property : expected.getMetaModel().getAllPropertyMetaModels()) {
            if (!property.getName().equals("comment")) {
                Optional<String> difference =
                        values(
                                value(property, expected),
                                value(property, actual),
                                at + "." + property.getName());
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> values(Object expected, Object actual, String at) {
        if (expected instanceof Node node && actual instanceof Node other) {
            return nodes(node, other, at);
        }
        if (expected instanceof NodeList<?> list && actual instanceof NodeList<?> other) {
            if (list.size() != other.size()) {
                return Optional.of(
                        at + ": expected " + list.size() + " elements, has " + other.size());
            }
            for (int i = 0; i < list.size(); i++) {
                Optional<String> difference = nodes(list.get(i), other.get(i), at + "[" + i + "]");
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return Objects.equals(expected, actual)
                ? Optional.empty()
                : Optional.of(at + ": expected " + expected + ", is " + actual);
    }

    /** What {@link PropertyMetaModel#getValue} gives, without searching for the field each time. */
    private static Object value(PropertyMetaModel property, Node node) {
        try {
            return FIELDS.computeIfAbsent(property, NodeDifference::field).get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(PropertyMetaModel property) {
        try {
            Field field =
                    property.getContainingNodeMetaModel()
                            .getType()
                            .getDeclaredField(property.getName());
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
