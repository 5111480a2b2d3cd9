package io.tidescope.store.rocks;

import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a document is indexed with: its names with their postings; a pure function of its tree.
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
     * @param source UTF-8, as an array of its own
     * @param tree a {@link SyntaxTree} over it; empty for none
     * @throws io.tidescope.tree.MalformedTreeException when it is none
     */
    static DocumentIndex of(byte[] source, ByteBuffer tree) {
        if (!tree.hasRemaining()) {
            return EMPTY;
        }
        SyntaxTree read = SyntaxTree.read(tree, ByteBuffer.wrap(source));
        return of(read, TreeContent.of(read, tree), source);
    }

    private static DocumentIndex of(SyntaxTree tree, TreeContent content, byte[] source) {
        Symbols symbols = Symbols.of(tree);
        Map<String, Postings> byName = new LinkedHashMap<>();
        LineIndex lines = LineIndex.of(source);
        int definitions = 0;
        for (Definition definition : symbols.definitions()) {
            if (PostingKey.accepts(definition.name())) {
                postings(byName, definition.name()).add(definition, lines);
                definitions++;
            }
        }
        int occurrences = 0;
        for (Occurrence occurrence : ascending(symbols.occurrences())) {
            if (PostingKey.accepts(occurrence.name())) {
                postings(byName, occurrence.name()).add(occurrence);
                occurrences++;
            }
        }
        List<Entry> entries = new ArrayList<>(byName.size());
        byName.forEach((name, postings) -> entries.add(postings.toEntry(name)));
        return new DocumentIndex(
                content, entries, Terms.of(tree, content.kinds()), definitions, occurrences);
    }

    private static Postings postings(Map<String, Postings> byName, String name) {
        return byName.computeIfAbsent(name, unused -> new Postings());
    }

    private static List<Occurrence> ascending(List<Occurrence> occurrences) {
        int before = 0;
        for (Occurrence occurrence : occurrences) {
            if (occurrence.start() < before) {
                return occurrences.stream()
                        .sorted(Comparator.comparingInt(Occurrence::start))
                        .toList();
            }
            before = occurrence.start();
        }
        return occurrences;
    }

    /** What is being written for a name. */
    private static final class Postings {
        private @Nullable ByteWriter definitions;
        private @Nullable ByteWriter occurrences;
        private int lastStart;

        void add(Definition definition, LineIndex lines) {
            ByteWriter writer = definitions;
            if (writer == null) {
                writer = new ByteWriter(96);
                definitions = writer;
            }
            DefinitionPosting.write(writer, definition, lines);
        }

        void add(Occurrence occurrence) {
            ByteWriter writer = occurrences;
            if (writer == null) {
                writer = new ByteWriter(12);
                occurrences = writer;
            }
            OccurrencePosting.write(writer, lastStart, occurrence.start(), occurrence.role());
            lastStart = occurrence.start();
        }

        Entry toEntry(String name) {
            return new Entry(
                    name.getBytes(StandardCharsets.UTF_8),
                    definitions == null ? null : definitions.toArray(),
                    occurrences == null ? null : occurrences.toArray());
        }
    }
}
