package io.tidescope.store.rocks;

import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

/**
 * The definitions of a name in a document, with their lines, so that a symbol is answered without
 * its source.
 *
 * <p>Bytes: for each definition in source order {@code kind (ordinal, 1 byte), container ({@link
 * StoredContainer}), signature text, start varint, nameStart - start varint, end - nameStart
 * varint, line varint, column varint, endLine - line varint}; the differences zigzagged, {@code (d
 * << 1) ^ (d >> 63)}, for a variable's name can stand outside of the range that it shares.
 */
final class DefinitionPosting {
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
    record Placed(Definition definition, int line, int column, int endLine) {}

    /**
     * Writes one definition.
     *
     * @param path of the document
     */
    static void write(ByteWriter writer, Definition definition, String path, LineIndex lines) {
        int line = lines.line(definition.nameStart());
        int endLine = lines.line(Math.max(definition.start(), definition.end() - 1));
        writer.single(definition.kind().ordinal());
        StoredContainer.write(writer, definition.container(), path);
        writer.text(definition.signature());
        writer.varint(definition.start());
        writer.varint(zigzag(definition.nameStart() - definition.start()));
        writer.varint(zigzag(definition.end() - definition.nameStart()));
        writer.varint(line).varint(lines.column(definition.nameStart()));
        writer.varint(zigzag(endLine - line));
    }

    /**
     * @param path of the document
     */
    static DefinitionPosting read(String name, String path, byte[] bytes) {
        return new DefinitionPosting(name, path, new ByteReader(bytes));
    }

    boolean hasNext() {
        return reader.hasMore();
    }

    Placed next() {
        SymbolKind kind = reader.constant(KINDS);
        String container = StoredContainer.read(reader, path);
        String signature = reader.text();
        int start = reader.varint();
        int nameStart = start + unzigzag(reader.varlong());
        int end = nameStart + unzigzag(reader.varlong());
        int line = reader.varint();
        int column = reader.varint();
        int endLine = line + unzigzag(reader.varlong());
        return new Placed(
                new Definition(name, kind, container, signature, nameStart, start, end),
                line,
                column,
                endLine);
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static int unzigzag(long value) {
        return Math.toIntExact((value >>> 1) ^ -(value & 1));
    }
}
