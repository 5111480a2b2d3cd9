package io.tidescope.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

class JsonBytesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonBytes bytes = new JsonBytes(out, 200);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\"\\/\b\n\r\t\u0000\u001f\u007f", "äßé", "\u20ac\u2028", "𝒳"})
    void writesAnyText(String text) throws Exception {
        bytes.write(text);

        assertThat(read()).isEqualTo(text);
    }

    @Test
    void writesTextsThatAreLongerThanItHolds() throws Exception {
        Random random = new Random(1);
        for (int length : new int[] {190, 200, 5_000}) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.appendCodePoint(
                        random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(9) : random.nextInt(300));
            }
            out.reset();
            bytes.write(text.toString());

            assertThat(read()).isEqualTo(text.toString());
        }
    }

    @Test
    void halfOfACharacterIsNoneInJson() throws Exception {
        bytes.write("a\ud83d");

        assertThat(read()).isEqualTo("a?");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 10, 99, 100, 1_234_567_890, Integer.MAX_VALUE})
    void writesNumbers(int number) throws Exception {
        bytes.write(number);
        bytes.flush();

        assertThat(out).hasToString(Integer.toString(number));
    }

    private String read() throws IOException {
        bytes.flush();
        return JSON.readValue(out.toByteArray(), String.class);
    }
}
