package io.tidescope.tree.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The bytes of postings, written out. */
class PostingLayoutTest {
    @Test
    void occurrencePosting() {
        ByteWriter writer = new ByteWriter(1);
        OccurrencePosting.write(writer, 0, 10, OccurrenceRole.DEFINITION);
        OccurrencePosting.write(writer, 10, 14, OccurrenceRole.CALL);
        assertThat(hex(writer.toArray())).isEqualTo("c002" + "8201");
        OccurrencePosting posting = OccurrencePosting.read(writer.toArray(), 0, writer.size());
        assertThat(posting.next()).isTrue();
        assertThat(posting.start()).isEqualTo(10);
        assertThat(posting.next()).isTrue();
        assertThat(posting.start()).isEqualTo(14);
        assertThat(posting.role()).isEqualTo(OccurrenceRole.CALL);
        assertThat(posting.next()).isFalse();
    }

    @Test
    void definitionPosting() {
        byte[] source = utf8("\nint \ud840\udc00x;\n");
        Definition definition = new Definition("x", SymbolKind.FIELD, "A", "int", 9, 1, 11);
        ByteWriter writer = new ByteWriter(1);
        DefinitionPosting.write(writer, definition, "b/A.java", LineIndex.of(source));
        assertThat(hex(writer.toArray()))
                .isEqualTo("07" + "020100" + "03696e74" + "01" + "10" + "04" + "02" + "07" + "00");
        DefinitionPosting posting =
                DefinitionPosting.read("x", "b/A.java", writer.toArray(), 0, writer.size());
        assertThat(posting.next()).isEqualTo(new DefinitionPosting.Placed(definition, 2, 7, 2));
        assertThat(posting.hasNext()).isFalse();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
