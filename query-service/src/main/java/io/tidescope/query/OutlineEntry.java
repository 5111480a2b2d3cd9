package io.tidescope.query;

import io.tidescope.tree.symbol.Definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A declaration of a document with the declarations inside it, in source order.
 *
 * @param children filled while the outline is built, not changed after
 */
public record OutlineEntry(Definition definition, List<OutlineEntry> children) {
    private static final Comparator<Definition> OUTSIDE_FIRST =
            Comparator.comparingInt(Definition::start)
                    .thenComparing(Comparator.comparingInt(Definition::end).reversed());

    /** Nests definitions by their ranges; a type's parameters stand in its signature already. */
    public static List<OutlineEntry> outline(List<Definition> definitions) {
        List<OutlineEntry> top = new ArrayList<>();
        Deque<OutlineEntry> open = new ArrayDeque<>();
        definitions.stream()
                .filter(OutlineEntry::isOutlined)
                .sorted(OUTSIDE_FIRST)
                .forEach(
                        definition -> {
                            while (!open.isEmpty()
                                    && !encloses(open.element().definition(), definition)) {
                                open.remove();
                            }
                            OutlineEntry entry = new OutlineEntry(definition, new ArrayList<>());
                            (open.isEmpty() ? top : open.element().children()).add(entry);
                            open.push(entry);
                        });
        return top;
    }

    /** Variables of one field declaration may share its range: neither is inside the other. */
    private static boolean encloses(Definition outer, Definition inner) {
        return inner.end() <= outer.end()
                && (inner.start() > outer.start() || inner.end() < outer.end());
    }

    private static boolean isOutlined(Definition definition) {
        return switch (definition.kind()) {
            case TYPE_PARAMETER -> false;
            case CLASS,
                    INTERFACE,
                    ENUM,
                    RECORD,
                    ANNOTATION,
                    METHOD,
                    CONSTRUCTOR,
                    FIELD,
                    ENUM_CONSTANT,
                    RECORD_COMPONENT,
                    ANNOTATION_MEMBER,
                    MODULE ->
                    true;
        };
    }
}
