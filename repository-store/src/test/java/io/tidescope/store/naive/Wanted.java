package io.tidescope.store.naive;

import com.github.javaparser.Position;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node of a pattern.
 *
 * @param like the code that it was made from
 * @param kind of the node
 * @param facts of the node
 * @param hole the name of the hole that it is; null when it is none, empty when it captures nothing
 * @param many whether the hole stands for any number of neighbours
 * @param textHole the name of the hole that its text is
 * @param parts by property, as {@link Code#parts}
 */
record Wanted(
        Code like,
        String kind,
        Map<String, String> facts,
        @Nullable String hole,
        boolean many,
        @Nullable String textHole,
        Map<String, List<Wanted>> parts) {
    static final List<String> MODIFIERS = List.of("annotations", "modifiers");

    /** A hole in the place of code. */
    static Wanted hole(Code like, String name, boolean many) {
        return new Wanted(like, like.kind(), Map.of(), name, many, null, Map.of());
    }

    /** The node with other parts, and of another kind. */
    Wanted as(String otherKind, Map<String, String> otherFacts, Map<String, List<Wanted>> others) {
        return new Wanted(like, otherKind, otherFacts, null, false, textHole, others);
    }

    List<Wanted> part(String property) {
        return parts.getOrDefault(property, List.of());
    }

    /** Where a part begins; nowhere for what is not there. */
    Position begin(String property) {
        return part(property).stream()
                .map(Wanted::like)
                .filter(Code::hasRange)
                .map(Code::begin)
                .findFirst()
                .orElse(Code.NOWHERE);
    }

    boolean is(String... kinds) {
        return hole == null && List.of(kinds).contains(kind);
    }

    /** Annotations and modifiers, as they are mixed in the source. */
    List<Wanted> modifiers() {
        return MODIFIERS.stream()
                .flatMap(property -> part(property).stream())
                .sorted((a, b) -> a.like().begin().compareTo(b.like().begin()))
                .toList();
    }

    /** A line that tells its form, less what its holes were made from. */
    String shape() {
        if (hole != null) {
            return (many ? "$$$" : "$") + hole;
        }
        Map<String, String> shapes = new TreeMap<>();
        parts.forEach(
                (property, list) -> {
                    if (!MODIFIERS.contains(property) && !list.isEmpty()) {
                        shapes.put(property, shapes(list.stream()));
                    }
                });
        if (!modifiers().isEmpty()) {
            shapes.put("annotations", shapes(modifiers().stream()));
        }
        // Between an arrow and a hole it is not said what follows the arrow.
        String type = kind.equals("SwitchEntry") ? facts.get("type") : "";
        return kind + type + (textHole == null ? "" : "$" + textHole) + shapes;
    }

    static String shapes(Stream<Wanted> list) {
        return list.map(Wanted::shape).collect(Collectors.joining(" "));
    }
}
