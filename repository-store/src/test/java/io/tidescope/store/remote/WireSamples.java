package io.tidescope.store.remote;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.DocumentInspection;
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
import io.tidescope.store.query.Measure;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.store.query.Trouble;
import io.tidescope.store.query.TroubledDocument;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One message of each sort, its bytes by its name. What is in them never changes. */
final class WireSamples {
    static final Wire WIRE = new Wire(() -> 0);

    private static final Deadline DEADLINE = new Deadline(1_500_000_000);
    private static final Standing STANDING = new Standing(41, true, 2);
    private static final OccurrencePlace PLACE =
            new OccurrencePlace("acme/tide", "refs/heads/main", "src/A.java", 6);
    private static final RevisionMarker MARKER =
            RevisionMarker.newBuilder()
                    .setRepository("acme/tide")
                    .setRef("refs/heads/main")
                    .setCommit("c0ffee")
                    .setSequence(7)
                    .setDefaultRef(true)
                    .setAncestors(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                    .setPublishedAtMillis(Instant.ofEpochMilli(1_700_000_000_000L))
                    .setJavaFiles(1)
                    .setOtherFiles(2)
                    .setSymlinks(3)
                    .setSubmodules(4)
                    .build();

    private final Map<String, byte[]> samples = new LinkedHashMap<>();

    private WireSamples() {}

    static Map<String, byte[]> all() throws IOException {
        WireSamples all = new WireSamples();
        all.hello();
        all.node();
        all.documents();
        all.names();
        all.structure();
        all.revisions();
        all.inspections();
        all.nodeInspection();
        return all.samples;
    }

    private void hello() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HelloFormat.write(new HelloFormat.Hello(new HelloFormat.Versions(1, 1), "cluster"), out);
        samples.put("hello", out.toByteArray());
        out.reset();
        HelloFormat.welcome(1, out);
        samples.put("welcome", out.toByteArray());
        out.reset();
        HelloFormat.refuse("no", out);
        samples.put("refused", out.toByteArray());
    }

    private void node() throws IOException {
        put(
                "status",
                Frame.Kind.NODE_STATUS,
                out ->
                        WIRE.write(
                                new NodeStatus(
                                        "store-1",
                                        "incarnation",
                                        8,
                                        List.of(
                                                new NodeStatus.Held(
                                                        3, NodeStatus.State.STANDBY, STANDING)),
                                        List.of("store-1:7171")),
                                out));
        put(
                "failure",
                Frame.Kind.FAILURE,
                out ->
                        WIRE.write(
                                Failure.of(
                                        TideScopeException.about(
                                                ErrorCode.INVALID_ARGUMENT, "q", "no such thing")),
                                out));
    }

    private void documents() throws IOException {
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", "src/A.java");
        FindDocument find = new FindDocument(key, true, false, DEADLINE);
        query("document", find);
        StoredDocument document =
                new StoredDocument(
                        key,
                        7,
                        "c0ffee",
                        "b10b",
                        0100644,
                        ParseOutcome.PARSED_WITH_PROBLEMS,
                        "UTF-8",
                        12,
                        1,
                        List.of(new ParseProblem("syntax", "unexpected", 3, 4)),
                        "class A { \u00e4}".getBytes(StandardCharsets.UTF_8),
                        null);
        answer("document", find, Optional.of(document));
        answer("document-absent", find, Optional.empty());
        ListDocuments list =
                new ListDocuments("acme/tide", "refs/heads/main", "src/", null, 10, DEADLINE);
        query("documents", list);
        answer(
                "documents",
                list,
                List.of(
                        new DocumentSummary(
                                "src/A.java", "b10b", 12, 1, ParseOutcome.PARSED, 0, "c0ffee")));
        CountDocuments count = new CountDocuments(new Scope("acme/tide", "*"), DEADLINE);
        query("count", count);
        answer("count", count, 42L);
        query(
                "count-restricted",
                new CountDocuments(
                        new Scope(null, "*", RepositoryGlobs.of("repositories", List.of("acme/*"))),
                        DEADLINE));
    }

    private void names() throws IOException {
        SymbolRank rank = new SymbolRank(0, "A", "acme/tide", "refs/heads/main", "src/A.java", 6);
        List<NameMatch> matches =
                List.of(
                        new NameMatch.Exact("A"),
                        new NameMatch.Prefix("A"),
                        new NameMatch.Camel("A"),
                        new NameMatch.Substring("A"),
                        new NameMatch.Regex("A.*"),
                        new NameMatch.Fuzzy("A"));
        for (NameMatch match : matches) {
            query(
                    "symbols-" + match.getClass().getSimpleName(),
                    new FindSymbols(
                            match, Set.of(SymbolKind.CLASS), Scope.EVERYWHERE, rank, 10, DEADLINE));
        }
        answer(
                "symbols",
                new FindSymbols(matches.getFirst(), Set.of(), Scope.EVERYWHERE, null, 10, DEADLINE),
                List.of(
                        new SymbolHit(
                                rank,
                                new Definition("A", SymbolKind.CLASS, "acme", "<T>", 6, 0, 12),
                                1,
                                7,
                                1)));
        FindOccurrences occurrences =
                new FindOccurrences(
                        "A",
                        Set.of(OccurrenceRole.CALL),
                        Scope.EVERYWHERE,
                        PLACE,
                        10,
                        true,
                        DEADLINE);
        query("occurrences", occurrences);
        answer(
                "occurrences",
                occurrences,
                List.of(new OccurrenceHit(PLACE, OccurrenceRole.CALL, 1, 7, "A();")));
    }

    private void structure() throws IOException {
        Rule pattern = new Rule.Matches(new JavaPatternReader().read("$A.close($$$REST)"));
        Rule rule =
                new Rule.Constrained(
                        new Rule.All(
                                List.of(
                                        pattern,
                                        new Rule.Any(
                                                List.of(
                                                        new Rule.OfKind(
                                                                Set.of(NodeKind.BLOCK_STMT)),
                                                        new Rule.Not(pattern))),
                                        related(Rule.Relation.INSIDE, new Rule.StopBy.Neighbour()),
                                        related(Rule.Relation.HAS, new Rule.StopBy.End()),
                                        related(
                                                Rule.Relation.PRECEDES,
                                                new Rule.StopBy.At(pattern)))),
                        Map.of("A", new Rule.Text(RegexMatch.of("q", "in|out"))));
        StructurePlace place = new StructurePlace(PLACE, 3);
        SearchStructure search =
                new SearchStructure(
                        Search.of(rule),
                        Scope.EVERYWHERE,
                        PathGlobs.of("paths", List.of("**/*.java")),
                        place,
                        false,
                        10,
                        Duration.ofMillis(150),
                        DEADLINE);
        query("structure", search);
        SourceLines lines = SourceLines.of("in.close();\n".getBytes(StandardCharsets.UTF_8));
        Match match = new Match(3, 0, 10, new TreeMap<>(Map.of("A", new Match.Capture(4, 0, 2))));
        answer(
                "structure",
                search,
                new StructureHits(
                        List.of(
                                new StructureHit(place.document(), match, lines),
                                new StructureCount(place.document(), 9)),
                        false,
                        place,
                        new SearchEffort("close", 4, 3, 2, 1)));
    }

    private static Rule related(Rule.Relation relation, Rule.StopBy stopBy) {
        return new Rule.Related(relation, new Rule.OfKind(Set.of(NodeKind.NAME_EXPR)), stopBy);
    }

    private void revisions() throws IOException {
        FindRevision find = new FindRevision("c0ffee", Scope.EVERYWHERE, DEADLINE);
        query("revision", find);
        answer(
                "revision",
                find,
                List.of(
                        new ReachedRef(new RefKey("acme/tide", "refs/heads/main"), "c0ffee", 7),
                        new ReachedRef(new RefKey("acme/tide", "refs/heads/gone"), null, 8)));
        ListRefs refs = new ListRefs(DEADLINE);
        query("refs", refs);
        answer("refs", refs, List.of(MARKER));
        ReadStatistics read = new ReadStatistics(DEADLINE);
        query("statistics", read);
        answer("statistics", read, new PartitionStatistics(1, 2, 3, 4, 5, 6, 7, 8));
    }

    private void inspections() throws IOException {
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", "src/A.java");
        FindTroubled troubled =
                new FindTroubled(Trouble.SYNTAX, Scope.EVERYWHERE, key, 10, DEADLINE);
        query("troubled", troubled);
        answer(
                "troubled",
                troubled,
                List.of(
                        new TroubledDocument(
                                key,
                                ParseOutcome.PARSED_WITH_PROBLEMS,
                                "UTF-8",
                                2,
                                "syntax",
                                "unexpected",
                                3,
                                4)));
        FindLargest largest = new FindLargest(Measure.LINES, Scope.EVERYWHERE, 10, DEADLINE);
        query("largest", largest);
        answer("largest", largest, List.of(new LargeDocument(key, 1, 2, 3)));
        InspectPartition partition = new InspectPartition(DEADLINE);
        query("inspectpartition", partition);
        answer(
                "inspectpartition",
                partition,
                new PartitionInspection(
                        2,
                        new PartitionStatistics(1, 2, 3, 4, 5, 6, 7, 8),
                        List.of(new PartitionInspection.Family("terms", 1, 2, 3, List.of(0, 4))),
                        5,
                        6));
        MaintainPartition maintain = new MaintainPartition(Maintenance.Task.REBUILD, DEADLINE);
        query("maintainpartition", maintain);
        answer(
                "maintainpartition",
                maintain,
                new Maintenance(
                        Maintenance.Task.COMPACT,
                        Maintenance.Phase.FAILED,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        "why"));
        InspectDocument document = new InspectDocument(key, DEADLINE);
        query("inspectdocument", document);
        answer(
                "inspectdocument",
                document,
                List.of(
                        new DocumentInspection(
                                1,
                                2,
                                3,
                                "c0ffee",
                                "b10b",
                                ParseOutcome.PARSED,
                                "UTF-8",
                                4,
                                5,
                                6,
                                7,
                                8,
                                9,
                                10,
                                11,
                                12,
                                true)));
    }

    private void nodeInspection() throws IOException {
        put("inspect", Frame.Kind.INSPECT, out -> {});
        put("inspection", Frame.Kind.NODE_INSPECTION, out -> WIRE.write(FakeNode.INSPECTION, out));
        put(
                "inspection-early",
                Frame.Kind.NODE_INSPECTION,
                out ->
                        WIRE.write(
                                new NodeInspection("store-1", null, List.of(), 0, 0, List.of()),
                                out));
    }

    private void query(String name, StoreQuery<?> query) throws IOException {
        put(
                "ask-" + name,
                query.restricted() ? Frame.Kind.ASK_RESTRICTED : Frame.Kind.ASK,
                out ->
                        WIRE.write(
                                new Request(
                                        query, Map.of(3, new PartitionBound(true, 40, 39)), null),
                                out));
    }

    private <R> void answer(String name, StoreQuery<R> query, R answer) throws IOException {
        Map<Integer, PartitionReply<R>> replies = new TreeMap<>();
        replies.put(1, new PartitionReply.Answered<>(answer, STANDING));
        replies.put(2, new PartitionReply.Unchanged<>(STANDING));
        replies.put(3, new PartitionReply.Refused<>(Refusal.BEHIND, "too old"));
        put("replies-" + name, Frame.Kind.REPLIES, out -> WIRE.write(query, replies, out));
    }

    private void put(String name, Frame.Kind kind, Consumer<FrameBuffer> write) throws IOException {
        FrameBuffer buffer = new FrameBuffer(1 << 20);
        buffer.begin(kind);
        write.accept(buffer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        buffer.sendTo(out);
        samples.put(name, out.toByteArray());
    }
}
