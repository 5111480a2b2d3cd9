package io.tidescope.query.api;

import static io.tidescope.query.api.ApiParameters.ONE_REF;
import static io.tidescope.query.api.ApiParameters.ONE_REPOSITORY;

import io.tidescope.query.Documentation;
import io.tidescope.query.OutlineEntry;
import io.tidescope.query.api.QueryStart.OnRef;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Text;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.symbol.Symbols;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One document: what is known of it, its source, outline, problems and syntax tree. */
final class DocumentEndpoint {
    private static final Parameter<String> PATH =
            Parameter.required("path", new Text(ApiLimits.MAX_PATH_LENGTH));
    private static final Parameter<Set<DocumentPart>> INCLUDE =
            Parameter.defaulted(
                    "include",
                    Choice.of(DocumentPart.class).several(),
                    Choice.label(DocumentPart.PROBLEMS));
    private static final Parameter<TreeFormat> FORMAT =
            Parameter.defaulted(
                    "format", Choice.of(TreeFormat.class), Choice.label(TreeFormat.JSON));
    private static final byte[] NOTHING = {};

    private final QueryStart start;

    DocumentEndpoint(QueryStart start) {
        this.start = start;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofQuery(
                        "/document",
                        ApiParameters.with(ONE_REPOSITORY, ONE_REF, PATH, INCLUDE, FORMAT),
                        this::document));
    }

    private DocumentAnswer document(Arguments arguments, RepositoryGlobs visible) {
        String path = arguments.read(PATH);
        Set<DocumentPart> parts = arguments.read(INCLUDE);
        OnRef query = start.onRef(arguments, visible, path);
        boolean withTree =
                parts.contains(DocumentPart.TREE) || parts.contains(DocumentPart.OUTLINE);
        Answers<Optional<StoredDocument>> answers =
                query.gateway()
                        .document(
                                new DocumentKey(query.repository(), query.ref(), path),
                                !parts.isEmpty(),
                                withTree,
                                query.deadline());
        StoredDocument document =
                answers.byPartition().values().stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow(() -> noDocument(query, path));
        return answer(
                document,
                StalePartition.listOf(answers.standings()),
                parts,
                arguments.read(FORMAT),
                query.deadline());
    }

    private static DocumentAnswer answer(
            StoredDocument document,
            List<StalePartition> stale,
            Set<DocumentPart> parts,
            TreeFormat format,
            Deadline deadline) {
        byte[] source = document.source() == null ? NOTHING : document.source();
        LineIndex lines = LineIndex.of(source);
        SyntaxTree tree = tree(document, source);
        return new DocumentAnswer(
                document.key().repository(),
                document.key().ref(),
                document.key().path(),
                document.commit(),
                document.sequence(),
                document.blob(),
                Integer.toOctalString(document.mode()),
                Choice.label(document.outcome()),
                document.encoding(),
                document.size(),
                document.lines(),
                parts.contains(DocumentPart.PROBLEMS)
                        ? document.problems().stream()
                                .map(problem -> ProblemItem.of(problem, lines, source.length))
                                .toList()
                        : null,
                parts.contains(DocumentPart.OUTLINE) ? outline(tree, lines) : null,
                parts.contains(DocumentPart.SOURCE)
                        ? new String(source, StandardCharsets.UTF_8)
                        : null,
                parts.contains(DocumentPart.TREE) && tree != null
                        ? written(tree, lines, format, deadline)
                        : null,
                stale);
    }

    /** The tree, if it was asked for and the document has one. */
    private static @Nullable SyntaxTree tree(StoredDocument document, byte[] source) {
        byte[] tree = document.tree();
        return tree == null || tree.length == 0
                ? null
                : SyntaxTree.read(ByteBuffer.wrap(tree), ByteBuffer.wrap(source));
    }

    private static List<OutlineItem> outline(@Nullable SyntaxTree tree, LineIndex lines) {
        if (tree == null) {
            return List.of();
        }
        Documentation documentation = new Documentation(tree);
        return OutlineEntry.outline(Symbols.of(tree).definitions()).stream()
                .map(entry -> OutlineItem.of(entry, lines, documentation::summary))
                .toList();
    }

    private static Object written(
            SyntaxTree tree, LineIndex lines, TreeFormat format, Deadline deadline) {
        if (tree.nodeCount() > ApiLimits.MAX_TREE_NODES) {
            throw TideScopeException.about(
                    ErrorCode.LIMIT_EXCEEDED,
                    "include",
                    "The syntax tree has %d nodes; trees of at most %d are answered. Leave tree out of include."
                            .formatted(tree.nodeCount(), ApiLimits.MAX_TREE_NODES));
        }
        return switch (format) {
            case JSON -> new TreeJson(tree, lines, deadline);
            case SEXP -> TreeExpression.of(tree, deadline);
        };
    }

    private static TideScopeException noDocument(OnRef query, String path) {
        return TideScopeException.about(
                ErrorCode.NOT_FOUND,
                "path",
                "There is no document '%s' on %s of %s; /api/v1/documents lists those there are."
                        .formatted(path, query.ref(), query.repository()));
    }
}
