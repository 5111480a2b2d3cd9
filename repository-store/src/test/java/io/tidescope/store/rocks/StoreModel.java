package io.tidescope.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CodePointOrder;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.index.Terms;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store has to hold and answer, the plain way: maps, and everything from the trees. */
final class StoreModel {
    static final Comparator<DocumentKey> KEY_ORDER =
            Comparator.comparing(DocumentKey::repository, CodePointOrder.CODE_POINT_ORDER)
                    .thenComparing(DocumentKey::ref, CodePointOrder.CODE_POINT_ORDER)
                    .thenComparing(DocumentKey::path, CodePointOrder.CODE_POINT_ORDER);

    private final TreeMap<DocumentKey, Document> documents = new TreeMap<>(KEY_ORDER);
    private final Map<RefKey, RevisionMarker> markers = new HashMap<>();
    private final Map<RefKey, Set<String>> covered = new HashMap<>();

    void put(Document document) {
        documents.put(
                new DocumentKey(document.getRepository(), document.getRef(), document.getPath()),
                document);
    }

    void remove(DocumentKey key) {
        documents.remove(key);
    }

    void mark(RevisionMarker marker) {
        RefKey ref = new RefKey(marker.getRepository(), marker.getRef());
        markers.put(ref, marker);
        if (marker.getCommit() == null) {
            covered.remove(ref);
            return;
        }
        Set<String> commits = covered.computeIfAbsent(ref, unused -> new HashSet<>());
        commits.add(marker.getCommit());
        for (ByteBuffer ancestor : marker.getAncestors()) {
            commits.add(HexFormat.of().formatHex(ancestor.array()));
        }
    }

    void unmark(RefKey ref) {
        markers.remove(ref);
        covered.remove(ref);
    }

    /** Commits that were reached, of each ref. */
    Map<RefKey, Set<String>> covered() {
        return covered;
    }

    TreeMap<DocumentKey, Document> documents() {
        return documents;
    }

    List<RevisionMarker> markers() {
        return markers.values().stream().filter(marker -> marker.getCommit() != null).toList();
    }

    Set<ReachedRef> reached(String commit, Scope scope) {
        Set<ReachedRef> reached = new HashSet<>();
        covered.forEach(
                (ref, commits) -> {
                    RevisionMarker last = Objects.requireNonNull(markers.get(ref));
                    if (commits.contains(commit) && isInScope(scope, ref.repository(), ref.ref())) {
                        reached.add(new ReachedRef(ref, last.getCommit(), last.getSequence()));
                    }
                });
        return reached;
    }

    boolean isInScope(Scope scope, String repository, String ref) {
        if (scope.repository() != null && !scope.repository().equals(repository)) {
            return false;
        }
        if (!scope.visible().matches(repository)) {
            return false;
        }
        if (scope.ref() != null) {
            return scope.ref().equals(Scope.ALL_REFS) || scope.ref().equals(ref);
        }
        Optional<RevisionMarker> byDefault =
                markers().stream()
                        .filter(marker -> marker.getRepository().equals(repository))
                        .filter(RevisionMarker::getDefaultRef)
                        .max(Comparator.comparing(RevisionMarker::getPublishedAtMillis));
        return byDefault.map(marker -> marker.getRef().equals(ref)).orElse(true);
    }

    static Symbols symbols(Document document) {
        return tree(document).map(Symbols::of).orElse(Symbols.of(List.of(), List.of()));
    }

    static Optional<SyntaxTree> tree(Document document) {
        ByteBuffer tree = document.getTree();
        return tree.hasRemaining() && !isDamaged(document)
                ? Optional.of(SyntaxTree.read(tree, document.getSource()))
                : Optional.empty();
    }

    /** A document that {@link #damaged} made. */
    static boolean isDamaged(Document document) {
        ByteBuffer tree = document.getTree();
        return tree.hasRemaining() && tree.get(0) == 'X';
    }

    /** The document as it is when its file cannot be parsed. */
    static Document unparseable(Document document) {
        return Document.newBuilder(document)
                .setOutcome(ParseOutcome.UNPARSEABLE)
                .setTree(ByteBuffer.allocate(0))
                .setProblems(List.of(new ParseProblem("too_deep", "nested too deeply", 3, -1)))
                .build();
    }

    /** The document with a tree that nobody can read, if it has one. */
    static Document damaged(Document document) {
        if (!document.getTree().hasRemaining()) {
            return document;
        }
        byte[] tree = document.getTree().array().clone();
        tree[0] = 'X';
        return Document.newBuilder(document).setTree(ByteBuffer.wrap(tree)).build();
    }

    /** What a document is looked up by besides names. */
    static Set<String> terms(Document document) {
        Set<String> terms = new TreeSet<>();
        if (isDamaged(document)) {
            terms.add("!");
        }
        tree(document)
                .ifPresent(
                        tree -> {
                            for (int node = 0; node < tree.nodeCount(); node++) {
                                addTerms(tree, node, terms);
                            }
                        });
        return terms;
    }

    private static void addTerms(SyntaxTree tree, int node, Set<String> terms) {
        NodeKind kind = tree.kind(node);
        if (kind.textProperty().equals("value")) {
            Terms.literal(tree.text(node)).ifPresent(term -> terms.add(new String(term, UTF_8)));
        }
        Terms.kinds(Set.of(kind)).ifPresent(them -> terms.add('#' + kind.name()));
    }

    /** Places of all matches, in their order. */
    List<StructurePlace> matches(Search search, Scope scope) {
        List<StructurePlace> places = new ArrayList<>();
        documents.forEach(
                (key, document) -> {
                    if (isInScope(scope, key.repository(), key.ref())) {
                        tree(document).stream()
                                .flatMap(tree -> search.find(tree, () -> {}).stream())
                                .map(match -> StructurePlace.of(key, match))
                                .sorted()
                                .forEach(places::add);
                    }
                });
        return places;
    }

    /** Ranks of all definitions that match, from the best. */
    List<SymbolRank> ranks(NameMatch match, Scope scope) {
        List<SymbolRank> ranks = new ArrayList<>();
        documents.forEach(
                (key, document) -> {
                    if (isInScope(scope, key.repository(), key.ref())) {
                        for (Definition definition : symbols(document).definitions()) {
                            match.score(definition.name())
                                    .ifPresent(score -> ranks.add(rank(score, key, definition)));
                        }
                    }
                });
        ranks.sort(Comparator.naturalOrder());
        return ranks;
    }

    private static SymbolRank rank(int score, DocumentKey key, Definition definition) {
        return new SymbolRank(
                score,
                definition.name(),
                key.repository(),
                key.ref(),
                key.path(),
                definition.nameStart());
    }

    List<OccurrencePlace> places(String name, Scope scope) {
        List<OccurrencePlace> places = new ArrayList<>();
        documents.forEach(
                (key, document) -> {
                    if (isInScope(scope, key.repository(), key.ref())) {
                        for (Occurrence occurrence : symbols(document).occurrences()) {
                            if (occurrence.name().equals(name)) {
                                places.add(
                                        new OccurrencePlace(
                                                key.repository(),
                                                key.ref(),
                                                key.path(),
                                                occurrence.start()));
                            }
                        }
                    }
                });
        return places;
    }

    PartitionStatistics statistics(long position) {
        long withProblems = 0;
        long lines = 0;
        long sourceBytes = 0;
        long treeBytes = 0;
        long definitions = 0;
        long occurrences = 0;
        for (Document document : documents.values()) {
            Symbols symbols = symbols(document);
            withProblems += document.getProblems().isEmpty() ? 0 : 1;
            lines += document.getLines();
            sourceBytes += document.getSource().remaining();
            treeBytes += document.getTree().remaining();
            definitions += symbols.definitions().size();
            occurrences += symbols.occurrences().size();
        }
        return new PartitionStatistics(
                documents.size(),
                withProblems,
                lines,
                sourceBytes,
                treeBytes,
                definitions,
                occurrences,
                position);
    }
}
