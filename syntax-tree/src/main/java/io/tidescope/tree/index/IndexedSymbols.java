package io.tidescope.tree.index;

import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.TextTable;
import io.tidescope.tree.symbol.Symbols;

import java.util.Arrays;

/** Writes the names of a {@link DocumentIndex} with their postings. */
final class IndexedSymbols {
    private final Symbols symbols;
    private final String path;
    private final LineIndex lines;

    /** Occurrences, those of a name together; where those of each name end. */
    private final int[] occurrences;

    private final int[] occurrenceEnds;

    /** Definitions, those of a name together; where those of each name end. */
    private final int[] definitions;

    private final int[] definitionEnds;

    private IndexedSymbols(String path, LineIndex lines, Symbols symbols) {
        this.symbols = symbols;
        this.path = path;
        this.lines = lines;
        int[] occurring = new int[symbols.occurrenceCount()];
        Arrays.setAll(occurring, symbols::occurringName);
        occurrenceEnds = ends(occurring);
        occurrences = byName(occurring, occurrenceEnds);
        int[] defined = new int[symbols.definitions().size()];
        Arrays.setAll(defined, symbols::definedName);
        definitionEnds = ends(defined);
        definitions = byName(defined, definitionEnds);
    }

    /** Writes {@code definitions occurrences names}. */
    static void write(String path, LineIndex lines, Symbols symbols, ByteWriter out) {
        new IndexedSymbols(path, lines, symbols).write(out);
    }

    private void write(ByteWriter out) {
        TextTable names = symbols.names();
        ByteWriter written = new ByteWriter(1024);
        ByteWriter posting = new ByteWriter(256);
        int count = 0;
        int defined = 0;
        int occurring = 0;
        for (int name = 0; name < names.size(); name++) {
            int definitionCount = definitionEnds[name] - begin(definitionEnds, name);
            int occurrenceCount = occurrenceEnds[name] - begin(occurrenceEnds, name);
            byte[] utf8 = names.utf8(name);
            if (definitionCount + occurrenceCount > 0 && IndexedName.accepts(utf8)) {
                written.varint(utf8.length);
                written.bytes(utf8);
                posting.clear();
                writeOccurrences(name, posting);
                written.varint(posting.size());
                written.bytes(posting);
                posting.clear();
                writeDefinitions(name, posting);
                written.varint(posting.size());
                written.bytes(posting);
                count++;
                defined += definitionCount;
                occurring += occurrenceCount;
            }
        }
        out.varint(defined);
        out.varint(occurring);
        out.varint(count);
        out.bytes(written);
    }

    private void writeOccurrences(int name, ByteWriter posting) {
        int before = 0;
        for (int i = begin(occurrenceEnds, name); i < occurrenceEnds[name]; i++) {
            int start = symbols.occurrenceStart(occurrences[i]);
            OccurrencePosting.write(posting, before, start, symbols.occurrenceRole(occurrences[i]));
            before = start;
        }
    }

    private void writeDefinitions(int name, ByteWriter posting) {
        for (int i = begin(definitionEnds, name); i < definitionEnds[name]; i++) {
            DefinitionPosting.write(
                    posting, symbols.definitions().get(definitions[i]), path, lines);
        }
    }

    private static int begin(int[] ends, int name) {
        return name == 0 ? 0 : ends[name - 1];
    }

    /** How many have the name of each number or one before. */
    private int[] ends(int[] names) {
        int[] ends = new int[symbols.names().size()];
        for (int name : names) {
            ends[name]++;
        }
        for (int name = 1; name < ends.length; name++) {
            ends[name] += ends[name - 1];
        }
        return ends;
    }

    /** All of them by the number of their name, and by their own. */
    private static int[] byName(int[] names, int[] ends) {
        int[] next = ends.clone();
        int[] sorted = new int[names.length];
        for (int i = names.length - 1; i >= 0; i--) {
            sorted[--next[names[i]]] = i;
        }
        return sorted;
    }
}
