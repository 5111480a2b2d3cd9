package io.tidescope.parser.stream;

import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.parser.parse.Problem;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;
import io.tidescope.tree.index.DocumentIndex;

import java.nio.ByteBuffer;
import java.util.List;

/** Makes the records that a file change and the result of its parse lead to. */
final class Documents {
    private Documents() {}

    static DocumentRecord marker(RevisionMarker marker) {
        return new DocumentRecord(marker);
    }

    static DocumentRecord document(FileChange change, Upsert upsert, ParseResult result) {
        Document.Builder document =
                Document.newBuilder()
                        .setRepository(change.getRepository())
                        .setRef(change.getRef())
                        .setPath(change.getPath())
                        .setSequence(change.getSequence())
                        .setCommit(change.getCommit())
                        .setBlob(upsert.getBlob())
                        .setMode(upsert.getMode())
                        .setSize(upsert.getSize())
                        .setEncoding(result.encoding())
                        .setLines(result.lines())
                        .setSource(ByteBuffer.wrap(result.source()));
        switch (result) {
            case Parsed parsed -> {
                byte[] tree = parsed.tree().toBytes();
                DocumentIndex index = DocumentIndex.of(change.getPath(), parsed.tree(), tree);
                document.setOutcome(
                                parsed.problems().isEmpty()
                                        ? ParseOutcome.PARSED
                                        : ParseOutcome.PARSED_WITH_PROBLEMS)
                        .setTree(ByteBuffer.wrap(tree))
                        .setIndex(ByteBuffer.wrap(index.toBytes()))
                        .setProblems(parsed.problems().stream().map(Documents::problem).toList());
            }
            case Unparseable failed ->
                    document.setOutcome(ParseOutcome.UNPARSEABLE)
                            .setTree(ByteBuffer.allocate(0))
                            .setProblems(
                                    List.of(
                                            new ParseProblem(
                                                    failed.code(),
                                                    failed.message(),
                                                    failed.start(),
                                                    failed.end())));
        }
        return new DocumentRecord(document.build());
    }

    /** The same document, of which the store has to make the index. */
    static DocumentRecord withoutIndex(DocumentRecord record) {
        Document document = (Document) record.getBody();
        return new DocumentRecord(
                Document.newBuilder(document).setIndex(ByteBuffer.allocate(0)).build());
    }

    static ParseFailure failure(FileChange change, Upsert upsert, Unparseable failed) {
        return new ParseFailure(
                change.getRepository(),
                change.getRef(),
                change.getPath(),
                change.getSequence(),
                change.getCommit(),
                upsert.getBlob(),
                upsert.getSize(),
                failed.code(),
                failed.message());
    }

    private static ParseProblem problem(Problem problem) {
        return new ParseProblem(problem.code(), problem.message(), problem.start(), problem.end());
    }
}
