package io.tidescope.store.rocks;

import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.DocumentSummary;
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
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.SymbolHit;

import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers queries from a partition, each from one moment of it. */
final class Answers {
    private static final int STEPS_PER_DEADLINE_CHECK = 64;

    private Answers() {}

    static <R> Reading<R> answer(StoreQuery<R> query, Partition partition) {
        query.deadline().check();
        // Before the names are asked: what is in none of them is not in this state either.
        long position = partition.progress().position();
        if (query instanceof FindSymbols find && findsNothing(find, partition)) {
            return new Reading<>(nothing(), position);
        }
        try (View view = partition.database().view()) {
            Progress progress = view.progress();
            return new Reading<>(answer(query, view, progress, partition), progress.position());
        }
    }

    private static boolean findsNothing(FindSymbols query, Partition partition) {
        return query.match() instanceof NameMatch.Exact(String name)
                && !partition.database().mayDefine(name);
    }

    @SuppressWarnings("unchecked") // of a query for symbols
    private static <R> R nothing() {
        return (R) List.<SymbolHit>of();
    }

    @SuppressWarnings("unchecked") // each query names its answer's type
    private static <R> R answer(
            StoreQuery<R> query, View view, Progress progress, Partition partition) {
        DefaultRefs defaultRefs = partition.defaultRefs();
        return (R)
                switch (query) {
                    case FindDocument find -> document(find, view);
                    case ListDocuments list -> documents(list, view);
                    case FindSymbols find -> SymbolScan.answer(find, view, defaultRefs);
                    case FindOccurrences find -> OccurrenceScan.answer(find, view, defaultRefs);
                    case SearchStructure search ->
                            StructureScan.answer(search, view, defaultRefs, partition.trees());
                    case CountDocuments count -> count(count, view, progress, defaultRefs);
                    case FindRevision find -> Revisions.reached(find, view, defaultRefs);
                    case ListRefs list -> Revisions.list(view);
                    case ReadStatistics read -> progress.statistics();
                    case FindTroubled find -> DocumentSurvey.troubled(find, view, defaultRefs);
                    case FindLargest find -> DocumentSurvey.largest(find, view, defaultRefs);
                    case InspectPartition inspect ->
                            Inspection.partition(partition.database(), progress);
                    case InspectDocument inspect -> Inspection.document(inspect, view);
                    case MaintainPartition maintain ->
                            throw new IllegalArgumentException("not about what is stored");
                };
    }

    private static Optional<StoredDocument> document(FindDocument query, View view) {
        byte[] key = query.key().toBytes();
        byte[] entry = view.find(Family.DOCUMENTS, key);
        if (entry == null) {
            return Optional.empty();
        }
        byte[] source = query.withSource() ? view.findOrEmpty(Family.SOURCES, key) : null;
        byte[] tree = query.withTree() ? view.findOrEmpty(Family.TREES, key) : null;
        return Optional.of(DocumentEntry.read(entry).document(query.key(), source, tree));
    }

    private static long count(
            CountDocuments query, View view, Progress progress, DefaultRefs defaultRefs) {
        if (query.scope().equals(new Scope(null, Scope.ALL_REFS))) {
            return progress.documents();
        }
        long documents = 0;
        try (RocksIterator iterator = view.scan(Family.DOCUMENTS)) {
            ScopedKeys inScope =
                    ScopedKeys.ofDocuments(iterator, query.scope(), defaultRefs, query.deadline());
            while (inScope.next()) {
                documents++;
            }
        }
        return documents;
    }

    private static List<DocumentSummary> documents(ListDocuments query, View view) {
        byte[] ref = bytes(query.repository() + '\0' + query.ref() + '\0');
        byte[] beginning = Keys.concat(ref, bytes(query.prefix()));
        String after = query.afterPath();
        List<DocumentSummary> summaries = new ArrayList<>();
        try (RocksIterator iterator = view.scan(Family.DOCUMENTS)) {
            // The key itself is passed over by comparing: there is no key between it and the next.
            iterator.seek(later(beginning, after == null ? ref : Keys.concat(ref, bytes(after))));
            int steps = 0;
            while (summaries.size() < query.limit() && iterator.isValid()) {
                byte[] key = iterator.key();
                if (!Keys.beginsWith(key, beginning)) {
                    return summaries;
                }
                if (++steps % STEPS_PER_DEADLINE_CHECK == 0) {
                    query.deadline().check();
                }
                String path =
                        new String(
                                key, ref.length, key.length - ref.length, StandardCharsets.UTF_8);
                if (!path.equals(after)) {
                    summaries.add(DocumentEntry.read(iterator.value()).summary(path));
                }
                iterator.next();
            }
            Database.check(iterator);
        }
        return summaries;
    }

    private static byte[] later(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) < 0 ? right : left;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
