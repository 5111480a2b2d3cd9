package io.tidescope.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class LineIndexTest {
    private static final String TEXT = "ab\ncß💩d\r\n\re";
    private final LineIndex lines = of(TEXT);

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "2, 1, 3",
        "3, 2, 1",
        "4, 2, 2",
        "6, 2, 3",
        "10, 2, 5",
        "11, 2, 6",
        "12, 2, 7",
        "13, 3, 1",
        "14, 4, 1",
        "15, 4, 2",
    })
    void offsetsAndPositionsOfCharactersAgree(int offset, int line, int column) {
        assertThat(lines.line(offset)).isEqualTo(line);
        assertThat(lines.column(offset)).isEqualTo(column);
        assertThat(lines.offset(line, column)).isEqualTo(offset);
    }

    @Test
    void aGuessMakesNoDifference() {
        LineIndex many = of("x\n".repeat(40) + "y");
        for (int offset = 0; offset <= 81; offset++) {
            for (int near = 1; near <= many.lineCount(); near++) {
                assertThat(many.line(offset, near)).isEqualTo(many.line(offset));
            }
        }
        assertThatThrownBy(() -> many.line(82, 41)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> many.line(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aLineEndsWithAnyOfThreeLineEnds() {
        assertThat(lines.lineCount()).isEqualTo(4);
        assertThat(lines.lineStart(2)).isEqualTo(3);
        assertThat(lines.lineEnd(2)).isEqualTo(13);
        assertThat(lines.columns(2)).isEqualTo(7);
        assertThat(lines.lineEnd(4)).isEqualTo(15);
    }

    @Test
    void anEmptySourceHasOneEmptyLine() {
        assertThat(of("").lineCount()).isEqualTo(1);
        assertThat(of("").line(0)).isEqualTo(1);
        assertThat(of("").column(0)).isEqualTo(1);
    }

    @Test
    void aColumnBehindTheLineIsItsEnd() {
        assertThat(lines.offset(1, 99)).isEqualTo(3);
        assertThat(lines.offset(4, 99)).isEqualTo(15);
    }

    @Test
    void anOffsetOutsideIsRefused() {
        assertThatThrownBy(() -> lines.line(16)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> lines.line(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Long lines have places inside from which units are counted. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ß", "€", "💩", "aß€💩", "a\r\n💩", "é\n"})
    void everyCharacterOfLongTextsIsWhereCountingFromTheStartPutsIt(String part) {
        String text = part.repeat(3_000);
        LineIndex index = of(text);
        int line = 1;
        int column = 1;
        int offset = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            assertThat(index.line(offset)).isEqualTo(line);
            assertThat(index.column(offset)).isEqualTo(column);
            assertThat(index.offset(line, column)).isEqualTo(offset);
            column += Character.charCount(character);
            offset += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (character == '\n') {
                line++;
                column = 1;
            }
        }
        assertThat(index.offset(index.lineCount(), Integer.MAX_VALUE)).isEqualTo(offset);
        assertThat(index.offset(1, 3_000_000)).isEqualTo(index.lineEnd(1));
    }

    private static LineIndex of(String text) {
        return LineIndex.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
