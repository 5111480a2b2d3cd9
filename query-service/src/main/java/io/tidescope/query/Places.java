package io.tidescope.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolRank;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Places in the orders of lists, as the parts a {@link Cursor} holds. A null list is no place, the
 * start.
 */
final class Places {
    private Places() {}

    static List<String> parts(SymbolRank rank) {
        return List.of(
                Integer.toString(rank.score()),
                rank.name(),
                rank.repository(),
                rank.ref(),
                rank.path(),
                Integer.toString(rank.nameStart()));
    }

    static @Nullable SymbolRank symbolRank(@Nullable List<String> parts) {
        if (parts == null) {
            return null;
        }
        require(parts, 6);
        return new SymbolRank(
                number(parts.get(0)),
                parts.get(1),
                parts.get(2),
                parts.get(3),
                parts.get(4),
                number(parts.get(5)));
    }

    static List<String> parts(OccurrencePlace place) {
        return List.of(
                place.repository(), place.ref(), place.path(), Integer.toString(place.start()));
    }

    static @Nullable OccurrencePlace occurrencePlace(@Nullable List<String> parts) {
        if (parts == null) {
            return null;
        }
        require(parts, 4);
        return new OccurrencePlace(parts.get(0), parts.get(1), parts.get(2), number(parts.get(3)));
    }

    static List<String> parts(StructurePlace place) {
        List<String> parts = new ArrayList<>(parts(place.start()));
        parts.add(Integer.toString(place.node()));
        return parts;
    }

    static @Nullable StructurePlace structurePlace(@Nullable List<String> parts) {
        if (parts == null) {
            return null;
        }
        require(parts, 5);
        OccurrencePlace start =
                new OccurrencePlace(parts.get(0), parts.get(1), parts.get(2), number(parts.get(3)));
        return new StructurePlace(start, number(parts.get(4)));
    }

    static List<String> parts(DocumentKey document) {
        return List.of(document.repository(), document.ref(), document.path());
    }

    static @Nullable DocumentKey document(@Nullable List<String> parts) {
        if (parts == null) {
            return null;
        }
        require(parts, 3);
        return new DocumentKey(parts.get(0), parts.get(1), parts.get(2));
    }

    static @Nullable String name(@Nullable List<String> parts) {
        if (parts == null) {
            return null;
        }
        require(parts, 1);
        return parts.get(0);
    }

    private static void require(List<String> parts, int count) {
        if (parts.size() != count) {
            throw damaged();
        }
    }

    private static int number(String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static TideScopeException damaged() {
        return TideScopeException.invalid("cursor", "cursor is damaged; start again without it.");
    }
}
