package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.index.DefinitionPosting;
import io.tidescope.tree.index.DocumentIndex;
import io.tidescope.tree.index.IndexCursor;
import io.tidescope.tree.index.OccurrencePosting;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

class DocumentIndexTest {
    private static final String PATH = "src/org/acme/Tide.java";

    private final SyntaxTree tree = parse();
    private final byte[] stored = tree.toBytes();
    private final DocumentIndex index = DocumentIndex.of(PATH, tree, stored);

    @Test
    void holdsWhatTheTreeSaysAboutNames() {
        List<Definition> definitions = new ArrayList<>();
        List<Occurrence> occurrences = new ArrayList<>();
        for (IndexCursor it = index.names(); it.next(); ) {
            String name = new String(it.name(), UTF_8);
            var defined =
                    DefinitionPosting.read(
                            name, PATH, it.bytes(), it.definitionsStart(), it.definitionsEnd());
            while (defined.hasNext()) {
                definitions.add(defined.next().definition());
            }
            var occurring =
                    OccurrencePosting.read(it.bytes(), it.occurrencesStart(), it.occurrencesEnd());
            while (occurring.next()) {
                occurrences.add(new Occurrence(name, occurring.role(), occurring.start()));
            }
        }
        definitions.sort(Comparator.comparingInt(Definition::nameStart));
        occurrences.sort(Comparator.comparingInt(Occurrence::start));

        Symbols symbols = Symbols.of(tree);
        assertThat(definitions).isEqualTo(symbols.definitions());
        assertThat(occurrences).isEqualTo(symbols.occurrences());
        assertThat(index.definitions()).isEqualTo(definitions.size()).isEqualTo(7);
        assertThat(index.occurrences()).isEqualTo(occurrences.size());
        assertThat(index.kinds()).isEqualTo(tree.kinds());
        assertThat(index.fingerprint()).isEqualTo(SyntaxTree.fingerprint(ByteBuffer.wrap(stored)));
    }

    @Test
    void isReadAsItWasWritten() {
        DocumentIndex read = DocumentIndex.read(index.toBytes().clone()).orElseThrow();

        assertThat(read.toBytes()).isEqualTo(index.toBytes());
        assertThat(read.kinds()).isEqualTo(index.kinds());
        assertThat(read.fingerprint()).isEqualTo(index.fingerprint());
        assertThat(read.definitions()).isEqualTo(index.definitions());
        assertThat(read.occurrences()).isEqualTo(index.occurrences());
    }

    /** When this changes, so does {@link DocumentIndex#VERSION}. */
    @Test
    void hasTheseBytes() {
        SyntaxTree small = parse("class A { String b = \"xy\"; }");
        byte[] bytes = DocumentIndex.of("A.java", small, small.toBytes()).toBytes();

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "01"
                                + "d9f992d0"
                                + "d2cbce3aac0123b1"
                                + "0000000200160000"
                                + "0000000010000200"
                                + "02"
                                + "03"
                                + "03"
                                + "0141"
                                + "02c001"
                                + "0b0000000000000c2c010700"
                                + "0162"
                                + "02a004"
                                + "110700010006537472696e670a0e12011200"
                                + "06537472696e67"
                                + "02c402"
                                + "00"
                                + "01"
                                + "03227879");
    }

    @Test
    void isTheSameWhoeverMakesIt() {
        SyntaxTree read =
                SyntaxTree.read(ByteBuffer.wrap(stored), ByteBuffer.wrap(tree.sourceBytes()));

        assertThat(DocumentIndex.of(PATH, read, stored).toBytes()).isEqualTo(index.toBytes());
    }

    @Test
    void isNotReadFromBytesThatAreNotWhole() {
        byte[] bytes = index.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(DocumentIndex.read(Arrays.copyOf(bytes, length))).as("%d", length).isEmpty();
        }
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 0x10;
            assertThat(DocumentIndex.read(flipped)).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void ofNoTreeIsEmptyAndOfADamagedOneMayHoldAnything() {
        assertThat(DocumentIndex.EMPTY.names().next()).isFalse();
        assertThat(DocumentIndex.EMPTY.terms().next()).isFalse();
        IndexCursor terms = DocumentIndex.UNREADABLE.terms();
        assertThat(terms.next()).isTrue();
        assertThat(terms.name()).isEqualTo("!".getBytes(UTF_8));
        assertThat(DocumentIndex.read(DocumentIndex.UNREADABLE.toBytes())).isPresent();
    }

    private static SyntaxTree parse() {
        return parse(
                """
                package org.acme;
                class Tide<T> {
                    int level, other = level + 1;
                    /* W\u00e4rme */ void rise() { do { level++; } while (other < 0x10); }
                    record High(String name) {}
                }
                """);
    }

    private static SyntaxTree parse(String source) {
        if (!(new JavaSourceParser().parse(source.getBytes(UTF_8)) instanceof Parsed parsed)) {
            throw new AssertionError("not parsed");
        }
        return parsed.tree();
    }
}
