package io.tidescope.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.DocumentInspection;
import io.tidescope.store.query.DocumentOrder;
import io.tidescope.store.query.DocumentSummary;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.InspectPartition;
import io.tidescope.store.query.LargeDocument;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.Trouble;
import io.tidescope.store.query.TroubledDocument;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Symbols;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A store of a few documents that answers every query by going through all of them. */
public final class InMemoryStore implements StoreClient {
    private final int partitions;
    private final Map<DocumentKey, InMemoryDocument> documents = new HashMap<>();
    private final Map<Integer, Map<String, RevisionMarker>> markers = new HashMap<>();
    private final Map<Integer, Set<RevisionMarker>> seen = new HashMap<>();
    private final Map<Integer, String> missing = new TreeMap<>();
    private BiFunction<Search, SyntaxTree, List<Match>> finder =
            (search, tree) -> search.find(tree, () -> {});
    private Slicing slicing = (query, partition, slice) -> slice;
    private final Map<Integer, Standing> standings = new HashMap<>();
    private final List<ReadBound> bounds = new CopyOnWriteArrayList<>();
    private @Nullable RuntimeException failure;

    public InMemoryStore(int partitions) {
        this.partitions = partitions;
    }

    /** Writes a document. */
    public synchronized void put(StoredDocument document, Symbols symbols) {
        documents.put(document.key(), new InMemoryDocument(document, symbols));
    }

    /** All documents. */
    public synchronized List<StoredDocument> documents() {
        return documents.values().stream().map(InMemoryDocument::document).toList();
    }

    /** Deletes a document. */
    public synchronized void remove(DocumentKey key) {
        documents.remove(key);
    }

    /** Lets partitions see a marker; all of them when none is named. */
    public synchronized void mark(RevisionMarker marker, int... those) {
        for (int partition = 0; partition < partitions; partition++) {
            int candidate = partition;
            if (those.length == 0 || Arrays.stream(those).anyMatch(named -> named == candidate)) {
                markers.computeIfAbsent(partition, absent -> new TreeMap<>())
                        .put(marker.getRepository() + '\0' + marker.getRef(), marker);
                seen.computeIfAbsent(partition, absent -> new HashSet<>()).add(marker);
            }
        }
    }

    /** Makes a partition not answer. */
    public synchronized void lose(int partition, String reason) {
        missing.put(partition, reason);
    }

    /** Makes a partition answer again. */
    public synchronized void restore(int partition) {
        missing.remove(partition);
    }

    /** Says what structural searches find in a tree. */
    public synchronized void findBy(BiFunction<Search, SyntaxTree, List<Match>> search) {
        finder = search;
    }

    /** What becomes of a slice that a partition answers a structural search with. */
    public interface Slicing {
        /** May wait, throw, or answer with less. */
        StructureHits answer(SearchStructure query, int partition, StructureHits slice)
                throws InterruptedException;
    }

    /** Says what becomes of slices. */
    public synchronized void sliceBy(Slicing how) {
        slicing = how;
    }

    /** Says where a partition stands, and by that who answers for it. */
    public synchronized void stand(int partition, Standing standing) {
        standings.put(partition, standing);
    }

    /** The bounds that were set, in their order. */
    public List<ReadBound> bounds() {
        return List.copyOf(bounds);
    }

    /** The same store, without the standbys when they will not do. */
    @Override
    public StoreClient within(ReadBound bound) {
        bounds.add(bound);
        InMemoryStore whole = this;
        return new StoreClient() {
            @Override
            public int partitions() {
                return whole.partitions();
            }

            @Override
            public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> asked) {
                Answers<R> answers = whole.ask(query, asked);
                if (bound.consistency() == Consistency.AVAILABLE) {
                    return answers;
                }
                Map<Integer, R> kept = new HashMap<>(answers.byPartition());
                Map<Integer, String> absent = new HashMap<>(answers.missing());
                answers.standings()
                        .forEach(
                                (partition, standing) -> {
                                    if (!standing.active()) {
                                        kept.remove(partition);
                                        absent.put(partition, "only a standby");
                                    }
                                });
                return new Answers<>(kept, absent, answers.standings());
            }
        };
    }

    /** Makes every query fail. */
    public synchronized void failWith(@Nullable RuntimeException exception) {
        failure = exception;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> asked) {
        query.deadline().check();
        Map<Integer, R> answers = new HashMap<>();
        Map<Integer, String> absent = new HashMap<>();
        for (int partition : asked) {
            Optional<String> lost = lost(partition);
            if (lost.isPresent()) {
                absent.put(partition, lost.get());
            } else {
                answers.put(partition, answer(query, partition));
            }
        }
        return new Answers<>(answers, absent, standings(answers.keySet()));
    }

    private synchronized Map<Integer, Standing> standings(Set<Integer> those) {
        Map<Integer, Standing> some = new HashMap<>(standings);
        some.keySet().retainAll(those);
        return some;
    }

    private synchronized Optional<String> lost(int partition) {
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(missing.get(partition));
    }

    @SuppressWarnings("unchecked") // each case answers with the type its query names
    private <R> R answer(StoreQuery<R> query, int partition) {
        return (R)
                switch (query) {
                    case SearchStructure search -> slice(search, partition);
                    default -> answerAtOnce(query, partition);
                };
    }

    @SuppressWarnings("unchecked") // each case answers with the type its query names
    private synchronized <R> R answerAtOnce(StoreQuery<R> query, int partition) {
        return (R)
                switch (query) {
                    case FindDocument find -> find(find, partition);
                    case ListDocuments list -> list(list, partition);
                    case FindSymbols find -> symbols(find, partition);
                    case FindOccurrences find -> occurrences(find, partition);
                    case SearchStructure search -> search(search, partition);
                    case CountDocuments count -> documents(count, partition);
                    case FindRevision find -> reached(find, partition);
                    case ListRefs list ->
                            List.copyOf(markers.getOrDefault(partition, Map.of()).values());
                    case ReadStatistics read -> statistics(partition);
                    case FindTroubled find -> troubled(find, partition);
                    case FindLargest find -> largest(find, partition);
                    case InspectPartition inspect ->
                            new PartitionInspection(2, statistics(partition), List.of(), 0, 0);
                    case InspectDocument inspect -> inspect(inspect, partition);
                    case MaintainPartition maintain -> Maintenance.NONE;
                };
    }

    private List<TroubledDocument> troubled(FindTroubled query, int partition) {
        return entries(partition)
                .map(InMemoryDocument::document)
                .filter(document -> covers(query.scope(), document.key(), partition))
                .filter(document -> !document.problems().isEmpty())
                .filter(
                        document ->
                                query.after() == null
                                        || DocumentOrder.BY_KEY.compare(
                                                        document.key(), query.after())
                                                > 0)
                .map(
                        document ->
                                new TroubledDocument(
                                        document.key(),
                                        document.outcome(),
                                        document.encoding(),
                                        document.problems().size(),
                                        document.problems().getFirst().getCode(),
                                        document.problems().getFirst().getMessage(),
                                        1,
                                        1))
                .filter(
                        found ->
                                found.code().equals("encoding")
                                        == (query.trouble() == Trouble.ENCODING))
                .sorted((a, b) -> DocumentOrder.BY_KEY.compare(a.document(), b.document()))
                .limit(query.limit())
                .toList();
    }

    private List<LargeDocument> largest(FindLargest query, int partition) {
        return entries(partition)
                .filter(entry -> covers(query.scope(), entry.key(), partition))
                .map(
                        entry ->
                                new LargeDocument(
                                        entry.key(),
                                        entry.source().length,
                                        entry.document().lines(),
                                        0))
                .sorted(LargeDocument.largestFirst(query.measure()))
                .limit(query.limit())
                .toList();
    }

    private List<DocumentInspection> inspect(InspectDocument query, int partition) {
        return entries(partition)
                .filter(entry -> entry.key().equals(query.document()))
                .map(
                        entry ->
                                new DocumentInspection(
                                        1,
                                        255,
                                        entry.document().sequence(),
                                        entry.document().commit(),
                                        entry.document().blob(),
                                        entry.document().outcome(),
                                        entry.document().encoding(),
                                        entry.document().size(),
                                        entry.document().lines(),
                                        entry.source().length,
                                        0,
                                        entry.source().length,
                                        0,
                                        entry.symbols().definitions().size(),
                                        entry.symbols().occurrences().size(),
                                        entry.document().problems().size(),
                                        true))
                .toList();
    }

    private StructureHits slice(SearchStructure query, int partition) {
        StructureHits slice;
        Slicing how;
        synchronized (this) {
            slice = search(query, partition);
            how = slicing;
        }
        try {
            return how.answer(query, partition, slice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Optional<StoredDocument> find(FindDocument query, int partition) {
        return entries(partition)
                .map(InMemoryDocument::document)
                .filter(document -> document.key().equals(query.key()))
                .findFirst();
    }

    private List<DocumentSummary> list(ListDocuments query, int partition) {
        return entries(partition)
                .map(InMemoryDocument::document)
                .filter(document -> document.key().repository().equals(query.repository()))
                .filter(document -> document.key().ref().equals(query.ref()))
                .filter(document -> document.key().path().startsWith(query.prefix()))
                .filter(document -> isAfter(document.key().path(), query.afterPath()))
                .map(InMemoryStore::summary)
                .sorted((a, b) -> CODE_POINT_ORDER.compare(a.path(), b.path()))
                .limit(query.limit())
                .toList();
    }

    private static boolean isAfter(String path, @Nullable String after) {
        return after == null || CODE_POINT_ORDER.compare(path, after) > 0;
    }

    private List<SymbolHit> symbols(FindSymbols query, int partition) {
        return entries(partition)
                .filter(entry -> covers(query.scope(), entry.key(), partition))
                .flatMap(entry -> entry.symbolHits(query))
                .filter(hit -> query.after() == null || hit.rank().compareTo(query.after()) > 0)
                .sorted((a, b) -> a.rank().compareTo(b.rank()))
                .limit(query.limit())
                .toList();
    }

    private List<OccurrenceHit> occurrences(FindOccurrences query, int partition) {
        return entries(partition)
                .filter(entry -> covers(query.scope(), entry.key(), partition))
                .flatMap(entry -> entry.occurrenceHits(query))
                .filter(hit -> query.after() == null || hit.place().compareTo(query.after()) > 0)
                .sorted((a, b) -> a.place().compareTo(b.place()))
                .limit(query.limit())
                .toList();
    }

    private StructureHits search(SearchStructure query, int partition) {
        List<StructureFinding> all =
                entries(partition)
                        .filter(entry -> covers(query.scope(), entry.key(), partition))
                        .filter(entry -> query.paths().matches(entry.key().path()))
                        .flatMap(entry -> entry.findings(query, finder))
                        .sorted((a, b) -> a.place().compareTo(b.place()))
                        .toList();
        List<StructureFinding> found = all.stream().limit(query.limit()).toList();
        long trees =
                entries(partition)
                        .filter(entry -> covers(query.scope(), entry.key(), partition))
                        .count();
        return new StructureHits(
                found,
                found.size() == all.size(),
                found.isEmpty() ? query.after() : found.getLast().place(),
                new SearchEffort("*", trees, trees, trees, 0));
    }

    private long documents(CountDocuments query, int partition) {
        return entries(partition)
                .filter(entry -> covers(query.scope(), entry.key(), partition))
                .count();
    }

    private List<ReachedRef> reached(FindRevision query, int partition) {
        return seen.getOrDefault(partition, Set.of()).stream()
                .filter(marker -> query.commit().equals(marker.getCommit()))
                .map(marker -> new RefKey(marker.getRepository(), marker.getRef()))
                .distinct()
                .filter(
                        ref ->
                                covers(
                                        query.scope(),
                                        new DocumentKey(ref.repository(), ref.ref(), ""),
                                        partition))
                .map(ref -> reached(ref, partition))
                .toList();
    }

    private ReachedRef reached(RefKey ref, int partition) {
        RevisionMarker last =
                markers.getOrDefault(partition, Map.of()).get(ref.repository() + '\0' + ref.ref());
        if (last == null) {
            throw new IllegalStateException("seen, and without a last marker: " + ref);
        }
        return new ReachedRef(ref, last.getCommit(), last.getSequence());
    }

    private boolean covers(Scope scope, DocumentKey key, int partition) {
        if (!scope.covers(key.repository())) {
            return false;
        }
        if (scope.ref() == null) {
            RevisionMarker marker =
                    markers.getOrDefault(partition, Map.of())
                            .get(key.repository() + '\0' + key.ref());
            return marker != null && marker.getDefaultRef();
        }
        return scope.ref().equals(Scope.ALL_REFS) || scope.ref().equals(key.ref());
    }

    private PartitionStatistics statistics(int partition) {
        List<InMemoryDocument> here = entries(partition).toList();
        return new PartitionStatistics(
                here.size(),
                here.stream().filter(entry -> !entry.document().problems().isEmpty()).count(),
                here.stream().mapToLong(entry -> entry.document().lines()).sum(),
                here.stream().mapToLong(entry -> entry.source().length).sum(),
                0,
                here.stream().mapToLong(entry -> entry.symbols().definitions().size()).sum(),
                here.stream().mapToLong(entry -> entry.symbols().occurrences().size()).sum(),
                here.size() - 1L);
    }

    private Stream<InMemoryDocument> entries(int partition) {
        return documents.values().stream()
                .filter(
                        entry ->
                                DocumentPartitioner.partition(
                                                entry.key().repository(),
                                                entry.key().path(),
                                                partitions)
                                        == partition);
    }

    private static DocumentSummary summary(StoredDocument document) {
        return new DocumentSummary(
                document.key().path(),
                document.blob(),
                document.size(),
                document.lines(),
                document.outcome(),
                document.problems().size(),
                document.commit());
    }
}
