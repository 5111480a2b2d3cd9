package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CursorTest {
    @Test
    void holdsAPlaceWhateverCharactersItsPartsHave() {
        List<String> place = List.of("0", "größe 𝒳", "owner/name", "", "a b\"c\n.java", "17");

        assertThat(Cursor.read(Cursor.write("symbols?q=x", place), "symbols?q=x")).isEqualTo(place);
    }

    @Test
    void isRefusedForAnotherQuestion() {
        String cursor = Cursor.write("symbols?q=x", List.of("A.java"));

        assertThatThrownBy(() -> Cursor.read(cursor, "symbols?q=y"))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.parameter()).isEqualTo("cursor"));
    }

    @Test
    void isRefusedWithAnyCharacterChanged() {
        String cursor = Cursor.write("question", List.of("A.java", "17"));

        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThatThrownBy(() -> Cursor.read(changed, "question"))
                    .isInstanceOf(TideScopeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA", "AQ", "not base64!", "ÄÖÜ", "////", "AgAAAAAAAAAA"})
    void isRefusedWhenNobodyHereWroteIt(String cursor) {
        assertThatThrownBy(() -> Cursor.read(cursor, "question"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("cursor");
    }
}
