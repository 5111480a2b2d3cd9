package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.store.query.DocumentSummary;
import io.tidescope.store.query.StoredDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the store keeps of a document besides its source and tree.
 *
 * <p>Bytes: {@code kinds (low and high, 8 bytes each), fingerprint (8 bytes), number varint,
 * sequence varint, commit text, blob text, mode varint, outcome (ordinal, 1 byte), encoding text,
 * size varint, lines varint, sourceBytes varint, treeBytes varint, definitions varint, occurrences
 * varint, problem count varint}, then for each problem {@code code text, message text, start + 1
 * varint, end + 1 varint}.
 *
 * @param content what its tree is searched by
 * @param number its {@link DocumentNumber}
 * @param definitions definitions it is indexed with
 * @param occurrences occurrences it is indexed with
 */
record DocumentEntry(
        TreeContent content,
        int number,
        long sequence,
        String commit,
        String blob,
        int mode,
        ParseOutcome outcome,
        String encoding,
        long size,
        int lines,
        int sourceBytes,
        int treeBytes,
        int definitions,
        int occurrences,
        List<ParseProblem> problems) {
    private static final ParseOutcome[] OUTCOMES = ParseOutcome.values();

    static DocumentEntry of(
            Document document, TreeContent content, int number, int definitions, int occurrences) {
        return new DocumentEntry(
                content,
                number,
                document.getSequence(),
                document.getCommit(),
                document.getBlob(),
                document.getMode(),
                document.getOutcome(),
                document.getEncoding(),
                document.getSize(),
                document.getLines(),
                document.getSource().remaining(),
                document.getTree().remaining(),
                definitions,
                occurrences,
                document.getProblems());
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(192);
        content.write(writer);
        writer.varint(number & 0xFFFF_FFFFL)
                .varint(sequence)
                .text(commit)
                .text(blob)
                .varint(mode)
                .single(outcome.ordinal());
        writer.text(encoding).varint(size).varint(lines).varint(sourceBytes).varint(treeBytes);
        writer.varint(definitions).varint(occurrences).varint(problems.size());
        for (ParseProblem problem : problems) {
            writer.text(problem.getCode()).text(problem.getMessage());
            writer.varint(problem.getStart() + 1L).varint(problem.getEnd() + 1L);
        }
        return writer.toArray();
    }

    static DocumentEntry read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        DocumentEntry entry =
                new DocumentEntry(
                        TreeContent.read(reader),
                        (int) reader.varlong(),
                        reader.varlong(),
                        reader.text(),
                        reader.text(),
                        reader.varint(),
                        reader.constant(OUTCOMES),
                        reader.text(),
                        reader.varlong(),
                        reader.varint(),
                        reader.varint(),
                        reader.varint(),
                        reader.varint(),
                        reader.varint(),
                        readProblems(reader));
        reader.end();
        return entry;
    }

    /** The number of a stored entry, which is not read otherwise. */
    static int readNumber(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        reader.skip(TreeContent.BYTES);
        return (int) reader.varlong();
    }

    private static List<ParseProblem> readProblems(ByteReader reader) {
        int count = reader.count();
        List<ParseProblem> problems = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            problems.add(
                    new ParseProblem(
                            reader.text(),
                            reader.text(),
                            (int) (reader.varlong() - 1),
                            (int) (reader.varlong() - 1)));
        }
        return problems;
    }

    DocumentSummary summary(String path) {
        return new DocumentSummary(path, blob, size, lines, outcome, problems.size(), commit);
    }

    StoredDocument document(DocumentKey key, byte @Nullable [] source, byte @Nullable [] tree) {
        return new StoredDocument(
                key, sequence, commit, blob, mode, outcome, encoding, size, lines, problems, source,
                tree);
    }
}
