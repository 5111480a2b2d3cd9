package io.tidescope.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
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
import io.tidescope.store.query.Measure;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.Trouble;
import io.tidescope.store.query.TroubledDocument;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks a question of the partitions it concerns and merges what they answer.
 *
 * <p>An answer without some of the partitions names them; when none answers that is an error,
 * UNAVAILABLE. Holds no state. Safe for concurrent use.
 */
public final class Gateway {
    private static final Comparator<SymbolHit> BY_RANK = Comparator.comparing(SymbolHit::rank);
    private static final Comparator<OccurrenceHit> BY_PLACE =
            Comparator.comparing(OccurrenceHit::place);
    private static final Comparator<DocumentSummary> BY_PATH =
            Comparator.comparing(DocumentSummary::path, CODE_POINT_ORDER);

    private static final Comparator<TroubledDocument> BY_DOCUMENT =
            Comparator.comparing(TroubledDocument::document, DocumentOrder.BY_KEY);

    private final StoreClient store;

    public Gateway(StoreClient store) {
        this.store = store;
    }

    /** The same, with answers that keep within a bound. */
    public Gateway within(ReadBound bound) {
        return new Gateway(store.within(bound));
    }

    /** The same, for who must not learn how far standbys are behind. */
    public Gateway withoutLags() {
        return new Gateway(new WithoutLags(store));
    }

    /** The numbers of all partitions. */
    public Set<Integer> partitions() {
        return IntStream.range(0, store.partitions()).boxed().collect(Collectors.toSet());
    }

    /** The one partition a document can be in. */
    public int partition(String repository, String path) {
        return DocumentPartitioner.partition(repository, path, store.partitions());
    }

    /** Definitions whose name matches, best first; no kinds are all kinds. */
    public Page<SymbolHit> symbols(
            NameMatch match,
            Set<SymbolKind> kinds,
            Scope scope,
            PageRequest page,
            Deadline deadline) {
        Answers<List<SymbolHit>> answers =
                ask(
                        new FindSymbols(
                                match,
                                kinds,
                                scope,
                                Places.symbolRank(page.after()),
                                page.limit() + 1,
                                deadline));
        return Page.merge(answers, BY_RANK, page, hit -> Places.parts(hit.rank()));
    }

    /** Occurrences of a name, by repository, ref, path and place; no roles are all roles. */
    public Page<OccurrenceHit> occurrences(
            String name,
            Set<OccurrenceRole> roles,
            Scope scope,
            PageRequest page,
            Deadline deadline) {
        Answers<List<OccurrenceHit>> answers =
                ask(
                        new FindOccurrences(
                                name,
                                roles,
                                scope,
                                Places.occurrencePlace(page.after()),
                                page.limit() + 1,
                                true,
                                deadline));
        return Page.merge(answers, BY_PLACE, page, hit -> Places.parts(hit.place()));
    }

    /**
     * Begins to search for where a rule holds in syntax trees, by repository, ref, path and place.
     * To be closed.
     */
    public StructureSearch search(StructureQuestion question, PageRequest page, Deadline deadline) {
        return StructureSearch.begin(this, question, page, deadline);
    }

    /** Documents of a ref whose path starts with the prefix, by path. */
    public Page<DocumentSummary> documents(
            String repository, String ref, String prefix, PageRequest page, Deadline deadline) {
        Answers<List<DocumentSummary>> answers =
                ask(
                        new ListDocuments(
                                repository,
                                ref,
                                prefix,
                                Places.name(page.after()),
                                page.limit() + 1,
                                deadline));
        return Page.merge(answers, BY_PATH, page, document -> List.of(document.path()));
    }

    /**
     * One document, absent when there is none at that path.
     *
     * @return what its one partition answers
     */
    public Answers<Optional<StoredDocument>> document(
            DocumentKey key, boolean withSource, boolean withTree, Deadline deadline) {
        int partition = partition(key.repository(), key.path());
        FindDocument query = new FindDocument(key, withSource, withTree, deadline);
        return ask(query, Set.of(partition));
    }

    /** How much every partition holds. */
    public Answers<PartitionStatistics> statistics(Deadline deadline) {
        return ask(new ReadStatistics(deadline));
    }

    /** What is stored of some partitions, and how. */
    public Answers<PartitionInspection> inspect(Set<Integer> partitions, Deadline deadline) {
        return ask(new InspectPartition(deadline), partitions);
    }

    /** How a document is stored, which is none when there is none, by its one partition. */
    public Answers<List<DocumentInspection>> inspect(DocumentKey key, Deadline deadline) {
        return ask(
                new InspectDocument(key, deadline),
                Set.of(partition(key.repository(), key.path())));
    }

    /** The largest documents of every partition. */
    public Answers<List<LargeDocument>> largest(
            Measure measure, Scope scope, int limit, Deadline deadline) {
        return ask(new FindLargest(measure, scope, limit, deadline));
    }

    /** Documents with something wrong in their source, by repository, ref and path. */
    public Page<TroubledDocument> troubled(
            Trouble trouble, Scope scope, PageRequest page, Deadline deadline) {
        Answers<List<TroubledDocument>> answers =
                ask(
                        new FindTroubled(
                                trouble,
                                scope,
                                Places.document(page.after()),
                                page.limit() + 1,
                                deadline));
        return Page.merge(answers, BY_DOCUMENT, page, found -> Places.parts(found.document()));
    }

    /** How many documents every partition holds that are in a scope. */
    public Answers<Long> countDocuments(Scope scope, Deadline deadline) {
        return ask(new CountDocuments(scope, deadline));
    }

    /** The refs on which every partition has come to a commit. */
    Answers<List<ReachedRef>> revision(String commit, Scope scope, Deadline deadline) {
        return ask(new FindRevision(commit, scope, deadline));
    }

    /** What every partition answers. */
    <R> Answers<R> ask(StoreQuery<R> query) {
        return ask(query, partitions());
    }

    /** What some partitions answer, none of them perhaps. */
    <R> Answers<R> askSome(StoreQuery<R> query, Set<Integer> partitions) {
        return store.ask(query, partitions);
    }

    private <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
        Answers<R> answers = askSome(query, partitions);
        if (answers.byPartition().isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "None of the %d partitions asked answers now (%s); ask again shortly."
                            .formatted(
                                    partitions.size(),
                                    answers.missing().values().stream()
                                            .findFirst()
                                            .orElse("no reason given")));
        }
        return answers;
    }
}
