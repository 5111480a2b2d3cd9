package io.tidescope.tree.index;

import io.tidescope.tree.ByteReader;
import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

/**
 * The definitions of a name in a document, with their lines, so that a symbol is answered without
 * its source.
 *
 * <p>Bytes: for each definition in source order {@code kind (ordinal, 1 byte), container ({@link
 * ContainerText}), signature text, start varint, nameStart - start varint, end - nameStart varint,
 * line varint, column varint, endLine - line varint}; the differences zigzagged, for a variable's
 * name can stand outside of the range that it shares.
 */
public final class DefinitionPosting {
    private static final SymbolKind[] KINDS = SymbolKind.values();

    private final String name;
    private final String path;
    private final ByteReader reader;

    private DefinitionPosting(String name, String path, ByteReader reader) {
        this.name = name;
        this.path = path;
        this.reader = reader;
    }

    /** A definition and where it stands in lines. */
    public record Placed(Definition definition, int line, int column, int endLine) {}

    /**
     * Writes one definition.
     *
     * @param path of the document
     */
    static void write(ByteWriter writer, Definition definition, String path, LineIndex lines) {
        int line = lines.line(definition.nameStart());
        int endLine = lines.line(Math.max(definition.start(), definition.end() - 1));
        writer.single(definition.kind().ordinal());
        ContainerText.write(writer, definition.container(), path);
        writer.text(definition.signature());
        writer.varint(definition.start());
        writer.zigzag(definition.nameStart() - definition.start());
        writer.zigzag(definition.end() - definition.nameStart());
        writer.varint(line);
        writer.varint(lines.column(definition.nameStart()));
        writer.zigzag(endLine - line);
    }

    /**
     * @param path of the document
     * @param start where the posting begins in the bytes
     * @param end where it ends
     */
    public static DefinitionPosting read(
            String name, String path, byte[] bytes, int start, int end) {
        return new DefinitionPosting(name, path, new ByteReader(bytes, start, end));
    }

    public boolean hasNext() {
        return reader.hasMore();
    }

    public Placed next() {
        SymbolKind kind = KINDS[reader.single()];
        String container = ContainerText.read(reader, path);
        String signature = reader.text();
        int start = reader.varint();
        int nameStart = start + reader.zigzag();
        int end = nameStart + reader.zigzag();
        int line = reader.varint();
        int column = reader.varint();
        int endLine = line + reader.zigzag();
        return new Placed(
                new Definition(name, kind, container, signature, nameStart, start, end),
                line,
                column,
                endLine);
    }
}
