package io.tidescope.tree.symbol;

import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.TextTable;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;

/**
 * What a document says about names; a pure function of its tree. Names are numbered in a table, and
 * occurrences are columns: a file has hundreds of them, and most readers want none as an object.
 */
public final class Symbols {
    private final TextTable names;
    private final List<Definition> definitions;
    private final int[] definedNames;
    private final Occurrences occurrences;

    Symbols(
            TextTable names,
            List<Definition> definitions,
            int[] definedNames,
            Occurrences occurrences) {
        this.names = names;
        this.definitions = definitions;
        this.definedNames = definedNames;
        this.occurrences = occurrences;
    }

    /** Takes time and memory in proportion to the tree, whatever its depth. */
    public static Symbols of(SyntaxTree tree) {
        return new SymbolWalk(tree).walk();
    }

    /**
     * What somebody knows who has no tree.
     *
     * @param definitions by the place of their name
     * @param occurrences by place, each place once
     */
    public static Symbols of(List<Definition> definitions, List<Occurrence> occurrences) {
        TextTable names = new TextTable();
        Occurrences columns = new Occurrences();
        occurrences.forEach(it -> columns.add(number(names, it.name()), it.role(), it.start()));
        return new Symbols(
                names,
                List.copyOf(definitions),
                definitions.stream().mapToInt(it -> number(names, it.name())).toArray(),
                columns);
    }

    private static int number(TextTable names, String name) {
        return names.number(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The names of definitions and occurrences. */
    public TextTable names() {
        return names;
    }

    /** Symbols declared, by the place of their name. */
    public List<Definition> definitions() {
        return definitions;
    }

    /** The number of a definition's name. */
    public int definedName(int definition) {
        return definedNames[definition];
    }

    /** How many occurrences there are. */
    public int occurrenceCount() {
        return occurrences.size();
    }

    /** The number of the name that occurs. */
    public int occurringName(int occurrence) {
        return occurrences.name(occurrence);
    }

    public OccurrenceRole occurrenceRole(int occurrence) {
        return occurrences.role(occurrence);
    }

    /** Byte offset of the identifier in the source. */
    public int occurrenceStart(int occurrence) {
        return occurrences.start(occurrence);
    }

    /**
     * Every identifier but those in comments, by place, each place once; keywords are none, also
     * where JavaParser has names for them ({@code this} as a receiver, {@code new} behind {@code
     * ::}, {@code _}). A definition is an occurrence too, but for a module's.
     */
    public List<Occurrence> occurrences() {
        return new AbstractList<>() {
            @Override
            public Occurrence get(int index) {
                return new Occurrence(
                        names.text(occurrences.name(index)),
                        occurrences.role(index),
                        occurrences.start(index));
            }

            @Override
            public int size() {
                return occurrences.size();
            }
        };
    }
}
