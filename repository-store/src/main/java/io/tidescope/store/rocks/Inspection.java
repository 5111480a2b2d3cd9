package io.tidescope.store.rocks;

import io.tidescope.store.query.DocumentInspection;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.tree.SyntaxTree;

import java.util.Arrays;
import java.util.List;

/** Tells how things are stored, for whoever looks for what is wrong. */
final class Inspection {
    private Inspection() {}

    static PartitionInspection partition(Database database, Progress progress) {
        DiskUse use = database.diskUse();
        return new PartitionInspection(
                StoreFormat.VERSION,
                progress.statistics(),
                Arrays.stream(Family.values()).map(database::inspect).toList(),
                use.memtableBytes(),
                use.pendingCompactionBytes());
    }

    /** One, or none when it is not there. */
    static List<DocumentInspection> document(InspectDocument query, View view) {
        byte[] key = query.document().toBytes();
        byte[] stored = view.find(Family.DOCUMENTS, key);
        if (stored == null) {
            return List.of();
        }
        DocumentEntry entry = DocumentEntry.read(stored);
        byte[] source = view.findOrEmpty(Family.SOURCES, key);
        byte[] tree = view.findOrEmpty(Family.TREES, key);
        return List.of(
                new DocumentInspection(
                        entry.number(),
                        entry.content().fingerprint(),
                        entry.sequence(),
                        entry.commit(),
                        entry.blob(),
                        entry.outcome(),
                        entry.encoding(),
                        entry.size(),
                        entry.lines(),
                        entry.sourceBytes(),
                        entry.treeBytes(),
                        source.length,
                        tree.length,
                        entry.definitions(),
                        entry.occurrences(),
                        entry.problems().size(),
                        isWhole(entry, source, tree)));
    }

    private static boolean isWhole(DocumentEntry entry, byte[] source, byte[] tree) {
        return source.length == entry.sourceBytes()
                && tree.length == entry.treeBytes()
                && (tree.length == 0 || SyntaxTree.isWhole(tree, source));
    }
}
