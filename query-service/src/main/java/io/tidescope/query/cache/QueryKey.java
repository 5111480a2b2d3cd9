package io.tidescope.query.cache;

import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.InspectPartition;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolRank;

import org.jspecify.annotations.Nullable;

/**
 * What a question asks, as text: the same for questions that one answer serves, whatever their
 * deadlines, and how long a search was given that came to its end.
 */
final class QueryKey {
    private QueryKey() {}

    /** Null for a question whose answers are not worth keeping, or that cannot be written down. */
    static @Nullable String of(StoreQuery<?> query) {
        KeyText key = new KeyText();
        return switch (query) {
            case FindDocument find -> {
                key.add("document")
                        .add(find.key().repository())
                        .add(find.key().ref())
                        .add(find.key().path())
                        .add(find.withSource())
                        .add(find.withTree());
                yield key.toString();
            }
            case ListDocuments list -> {
                key.add("documents")
                        .add(list.repository())
                        .add(list.ref())
                        .add(list.prefix())
                        .add(list.afterPath())
                        .add(list.limit());
                yield key.toString();
            }
            case FindSymbols find -> {
                key.add("symbols");
                add(key, find.match());
                key.addAll(find.kinds());
                add(key, find.scope());
                add(key, find.after());
                yield key.add(find.limit()).toString();
            }
            case FindOccurrences find -> {
                key.add("occurrences").add(find.name()).addAll(find.roles());
                add(key, find.scope());
                add(key, find.after());
                yield key.add(find.limit()).add(find.withText()).toString();
            }
            case SearchStructure search -> {
                key.add("structure");
                if (!RuleKey.add(key, search.search().rule())) {
                    yield null;
                }
                add(key, search.scope());
                key.addList(search.paths().globs());
                add(key, search.after());
                yield key.add(search.countOnly()).add(search.limit()).toString();
            }
            case CountDocuments count -> {
                add(key.add("count"), count.scope());
                yield key.toString();
            }
            case ListRefs refs -> "refs";
            // Asked to see whether something has changed, and quickly answered.
            case FindRevision revision -> null;
            case ReadStatistics statistics -> null;
            // Asked by people, about how it is now.
            case FindTroubled find -> null;
            case FindLargest find -> null;
            case InspectPartition inspect -> null;
            case InspectDocument inspect -> null;
            case MaintainPartition maintain -> null;
        };
    }

    private static void add(KeyText key, NameMatch match) {
        switch (match) {
            case NameMatch.Exact(String name) -> key.add("exact").add(name);
            case NameMatch.Prefix(String prefix) -> key.add("prefix").add(prefix);
            case NameMatch.Camel(String humps) -> key.add("camel").add(humps);
            case NameMatch.Substring(String text) -> key.add("substring").add(text);
            case NameMatch.Regex regex -> key.add("regex").add(regex.regex());
            case NameMatch.Fuzzy(String name) -> key.add("fuzzy").add(name);
        }
    }

    private static void add(KeyText key, Scope scope) {
        key.add(scope.repository()).add(scope.ref()).addList(scope.visible().globs());
    }

    private static void add(KeyText key, @Nullable SymbolRank rank) {
        if (rank == null) {
            key.add(null);
            return;
        }
        key.add(rank.score())
                .add(rank.name())
                .add(rank.repository())
                .add(rank.ref())
                .add(rank.path())
                .add(rank.nameStart());
    }

    private static void add(KeyText key, @Nullable OccurrencePlace place) {
        if (place == null) {
            key.add(null);
            return;
        }
        key.add(place.repository()).add(place.ref()).add(place.path()).add(place.start());
    }

    private static void add(KeyText key, @Nullable StructurePlace place) {
        add(key, place == null ? null : place.start());
        key.add(place == null ? null : place.node());
    }
}
