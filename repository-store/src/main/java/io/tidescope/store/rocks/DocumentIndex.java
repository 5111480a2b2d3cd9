package io.tidescope.store.rocks;

import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.TextTable;
import io.tidescope.tree.symbol.Symbols;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document is indexed with: its names with their postings; a pure function of its path, its
 * source and its tree. So nobody needs to keep what a document is indexed under: that is made again
 * from what is kept.
 *
 * @param content what its tree is searched by
 * @param entries one for each name
 * @param terms what it is looked up by besides names, see {@link Terms}
 * @param definitions definitions in all of them
 * @param occurrences occurrences in all of them
 */
record DocumentIndex(
        TreeContent content,
        List<Entry> entries,
        List<byte[]> terms,
        int definitions,
        int occurrences) {
    /** That of a document without a tree. */
    static final DocumentIndex EMPTY =
            new DocumentIndex(TreeContent.NONE, List.of(), List.of(), 0, 0);

    /** That of a document whose tree is damaged. */
    static final DocumentIndex UNREADABLE =
            new DocumentIndex(TreeContent.UNREADABLE, List.of(), List.of(Terms.UNREADABLE), 0, 0);

    /**
     * A name of the document.
     *
     * @param name UTF-8
     * @param definitions {@link DefinitionPosting}; null when the document does not define it
     * @param occurrences {@link OccurrencePosting}; null when it does not occur
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Entry(byte[] name, byte @Nullable [] definitions, byte @Nullable [] occurrences) {}

    /**
     * @param source UTF-8
     * @param tree a {@link SyntaxTree} over it; empty for none
     * @throws io.tidescope.tree.MalformedTreeException when it is none
     */
    static DocumentIndex of(String path, byte[] source, byte[] tree) {
        if (tree.length == 0) {
            return EMPTY;
        }
        ByteBuffer stored = ByteBuffer.wrap(tree);
        SyntaxTree read = SyntaxTree.read(stored, ByteBuffer.wrap(source));
        return of(path, read, TreeContent.of(read, stored), source);
    }

    private static DocumentIndex of(
            String path, SyntaxTree tree, TreeContent content, byte[] source) {
        Symbols symbols = Symbols.of(tree);
        byte[] @Nullable [] defined = definitions(path, symbols, source);
        byte[] @Nullable [] occurring = occurrences(symbols);
        TextTable names = symbols.names();
        List<Entry> entries = new ArrayList<>(names.size());
        boolean[] kept = new boolean[names.size()];
        for (int name = 0; name < names.size(); name++) {
            if (defined[name] != null || occurring[name] != null) {
                byte[] utf8 = names.utf8(name);
                kept[name] = PostingKey.accepts(utf8);
                if (kept[name]) {
                    entries.add(new Entry(utf8, defined[name], occurring[name]));
                }
            }
        }
        int definitions = 0;
        for (int i = 0; i < symbols.definitions().size(); i++) {
            definitions += kept[symbols.definedName(i)] ? 1 : 0;
        }
        int occurrences = 0;
        for (int i = 0; i < symbols.occurrenceCount(); i++) {
            occurrences += kept[symbols.occurringName(i)] ? 1 : 0;
        }
        return new DocumentIndex(
                content, entries, Terms.of(tree, content.kinds()), definitions, occurrences);
    }

    /** A {@link DefinitionPosting} for each name; null for those that are not defined. */
    private static byte[] @Nullable [] definitions(String path, Symbols symbols, byte[] source) {
        @Nullable ByteWriter[] writers = new @Nullable ByteWriter[symbols.names().size()];
        LineIndex lines = LineIndex.of(source);
        for (int i = 0; i < symbols.definitions().size(); i++) {
            int name = symbols.definedName(i);
            ByteWriter writer = writers[name];
            if (writer == null) {
                writer = new ByteWriter(96);
                writers[name] = writer;
            }
            DefinitionPosting.write(writer, symbols.definitions().get(i), path, lines);
        }
        byte[] @Nullable [] postings = new byte[writers.length] @Nullable [];
        for (int name = 0; name < writers.length; name++) {
            ByteWriter writer = writers[name];
            postings[name] = writer == null ? null : writer.toArray();
        }
        return postings;
    }

    /** An {@link OccurrencePosting} for each name; null for those that do not occur. */
    private static byte[] @Nullable [] occurrences(Symbols symbols) {
        int[] ends = new int[symbols.names().size()];
        for (int i = 0; i < symbols.occurrenceCount(); i++) {
            ends[symbols.occurringName(i)]++;
        }
        for (int name = 1; name < ends.length; name++) {
            ends[name] += ends[name - 1];
        }
        int[] byName = new int[symbols.occurrenceCount()];
        int[] next = ends.clone();
        for (int i = symbols.occurrenceCount() - 1; i >= 0; i--) {
            byName[--next[symbols.occurringName(i)]] = i;
        }
        byte[] @Nullable [] postings = new byte[ends.length] @Nullable [];
        ByteWriter writer = new ByteWriter(256);
        for (int name = 0; name < ends.length; name++) {
            int begin = name == 0 ? 0 : ends[name - 1];
            if (begin < ends[name]) {
                postings[name] = posting(symbols, byName, begin, ends[name], writer);
            }
        }
        return postings;
    }

    private static byte[] posting(
            Symbols symbols, int[] occurrences, int begin, int end, ByteWriter writer) {
        writer.clear();
        int before = 0;
        for (int i = begin; i < end; i++) {
            int start = symbols.occurrenceStart(occurrences[i]);
            OccurrencePosting.write(writer, before, start, symbols.occurrenceRole(occurrences[i]));
            before = start;
        }
        return writer.toArray();
    }
}
