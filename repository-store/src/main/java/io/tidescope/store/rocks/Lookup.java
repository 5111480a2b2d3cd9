package io.tidescope.store.rocks;

import io.tidescope.tree.index.IndexedName;
import io.tidescope.tree.index.Terms;
import io.tidescope.tree.match.Need;
import io.tidescope.tree.symbol.Occurrence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /** A few long names, which are rare, choose well enough. */
    int MAX_COMMON = 6;

    int MAX_ALTERNATIVES = 16;

    /** Each posting of a lookup costs an iterator. */
    int MAX_POSTINGS = 48;

    static Lookup of(Need need) {
        return find(need).within(MAX_POSTINGS);
    }

    /** Besides what this names, the documents of which nobody can say what they hold. */
    default Lookup orUnreadable() {
        return this instanceof Everything
                ? this
                : new Either(List.of(this, term(Terms.unreadable())));
    }

    /** How many postings it takes. */
    private int size() {
        return switch (this) {
            case Everything everything -> 0;
            case Posting posting -> 1;
            case Every(List<Lookup> parts) -> parts.stream().mapToInt(Lookup::size).sum();
            case Either(List<Lookup> parts) -> parts.stream().mapToInt(Lookup::size).sum();
        };
    }

    /** This, or a lookup of no more postings that names more documents. */
    private Lookup within(int postings) {
        if (size() <= postings) {
            return this;
        }
        return switch (this) {
            case Everything everything -> this;
            case Posting posting -> new Everything();
            case Every every -> every(every.parts(), postings);
            case Either either -> either(either.parts(), postings);
        };
    }

    private static Lookup find(Need need) {
        return switch (need) {
            case Need.Anything anything -> new Everything();
            case Need.Identifier(String name) ->
                    IndexedName.accepts(name) && !Occurrence.isKeyword(name)
                            ? new Posting(Family.OCCURRENCES, name.getBytes(StandardCharsets.UTF_8))
                            : new Everything();
            case Need.Literal(String text) ->
                    Terms.literal(text).map(Lookup::term).orElse(new Everything());
            case Need.Kind kind ->
                    Terms.kinds(kind.kinds())
                            .map(terms -> either(terms.stream().map(Lookup::term).toList()))
                            .orElse(new Everything());
            case Need.All all -> every(all.needs().stream().map(Lookup::find).toList());
            case Need.Any any -> either(any.needs().stream().map(Lookup::find).toList());
        };
    }

    private static Lookup term(byte[] term) {
        return new Posting(Family.TERMS, term);
    }

    /** Single names choose best, long ones before short ones. */
    private static Lookup every(List<Lookup> lookups) {
        List<Lookup> parts =
                lookups.stream()
                        .filter(part -> !(part instanceof Everything))
                        .sorted(
                                Comparator.comparingInt(Lookup::size)
                                        .thenComparingInt(part -> -part.toString().length()))
                        .limit(MAX_COMMON)
                        .toList();
        return switch (parts.size()) {
            case 0 -> new Everything();
            case 1 -> parts.getFirst();
            default -> new Every(parts);
        };
    }

    private static Lookup every(List<Lookup> lookups, int postings) {
        List<Lookup> parts = new ArrayList<>();
        int left = postings;
        for (Lookup lookup : lookups) {
            Lookup part = lookup.within(left);
            parts.add(part);
            left -= part.size();
        }
        return every(parts);
    }

    private static Lookup either(List<Lookup> parts) {
        return switch (parts.size()) {
            case 0 -> new Everything();
            case 1 -> parts.getFirst();
            default ->
                    parts.size() > MAX_ALTERNATIVES
                                    || parts.stream().anyMatch(Everything.class::isInstance)
                            ? new Everything()
                            : new Either(parts);
        };
    }

    private static Lookup either(List<Lookup> lookups, int postings) {
        List<Lookup> parts = new ArrayList<>();
        int left = postings;
        for (Lookup lookup : lookups) {
            // All of them are needed: the share of one is not for another that comes first.
            Lookup part = lookup.within(left / (lookups.size() - parts.size()));
            parts.add(part);
            left -= part.size();
        }
        return either(parts);
    }
}
