package io.tidescope.store.rocks;

import io.tidescope.tree.match.Need;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which documents the index names for what a match needs: all that have a match, and some more. A
 * lookup is shown as {@code pump & ("full" | "empty")}.
 */
sealed interface Lookup {
    /** The documents that have a posting of a name or term. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Posting(Family family, byte[] name) implements Lookup {
        @Override
        public String toString() {
            return new String(name, StandardCharsets.UTF_8);
        }
    }

    /** The documents that all of these name; at least two. */
    record Every(List<Lookup> parts) implements Lookup {
        @Override
        public String toString() {
            return parts.stream().map(Object::toString).collect(Collectors.joining(" & "));
        }
    }

    /** The documents that one of these names; at least two. */
    record Either(List<Lookup> parts) implements Lookup {
        @Override
        public String toString() {
            return parts.stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(" | ", "(", ")"));
        }
    }

    /** All documents. */
    record Everything() implements Lookup {
        @Override
        public String toString() {
            return "*";
        }
    }

    /** Each posting costs an iterator; a few long ones, which are rare, choose well enough. */
    int MAX_COMMON = 6;

    int MAX_ALTERNATIVES = 16;

    /** What trees have as identifiers of nodes and occurrences leave out. */
    Set<String> NO_OCCURRENCES = Set.of("new", "this", "super", "_");

    static Lookup of(Need need) {
        return find(need).orElse(new Everything());
    }

    private static Optional<Lookup> find(Need need) {
        return switch (need) {
            case Need.Anything anything -> Optional.empty();
            case Need.Identifier(String name) ->
                    PostingKey.accepts(name) && !NO_OCCURRENCES.contains(name)
                            ? Optional.of(
                                    new Posting(
                                            Family.OCCURRENCES,
                                            name.getBytes(StandardCharsets.UTF_8)))
                            : Optional.empty();
            case Need.Literal(String text) -> Terms.literal(text).map(Lookup::term);
            case Need.Kind kind ->
                    Terms.kinds(kind.kinds())
                            .flatMap(terms -> either(terms.stream().map(Lookup::term).toList()));
            case Need.All all -> every(all.needs());
            case Need.Any any -> {
                List<Lookup> parts = any.needs().stream().map(Lookup::of).toList();
                yield parts.contains(new Everything()) ? Optional.empty() : either(parts);
            }
        };
    }

    private static Lookup term(byte[] term) {
        return new Posting(Family.TERMS, term);
    }

    private static Optional<Lookup> every(List<Need> needs) {
        List<Lookup> parts = new ArrayList<>();
        needs.forEach(need -> find(need).ifPresent(parts::add));
        parts.sort(Comparator.comparingInt(part -> -part.toString().length()));
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(parts.getFirst());
            default -> Optional.of(new Every(parts.subList(0, Math.min(parts.size(), MAX_COMMON))));
        };
    }

    private static Optional<Lookup> either(List<Lookup> parts) {
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(parts.getFirst());
            default ->
                    parts.size() > MAX_ALTERNATIVES
                            ? Optional.empty()
                            : Optional.of(new Either(parts));
        };
    }
}
