package io.tidescope.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.store.query.SourceLines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class JsonBytesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBytes bytes = new JsonBytes(200);

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
            bytes = new JsonBytes(10);
            bytes.write(text.toString());

            assertThat(read()).isEqualTo(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writesUtf8AsTheTextThatItIs(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder("before");
            int most = random.nextInt(60);
            int rare = 1 + random.nextInt(30);
            for (int i = 0; i < most; i++) {
                int c =
                        random.nextInt(rare) == 0
                                ? random.nextInt(round % 2 == 0 ? 0x80 : 0x200)
                                : 'x';
                text.appendCodePoint(random.nextInt(500) == 0 ? 0x1F600 : c);
            }
            byte[] utf8 = (text + "behind").getBytes(StandardCharsets.UTF_8);
            int end = utf8.length - "behind".length();

            bytes = new JsonBytes(10);
            bytes.write(utf8, "before".length(), end, 1_000);
            assertThat(read()).isEqualTo(text.substring("before".length()));

            bytes = new JsonBytes(10);
            bytes.write(utf8, "before".length(), end, most / 2);
            String cut = SourceLines.text(utf8, "before".length(), end, most / 2);
            assertThat(read()).isEqualTo(cut);
        }
    }

    @Test
    void everyCharacterIsEscapedWhereverItStandsAmongOthers() throws Exception {
        for (int c = 0; c < 0x80; c++) {
            for (int at = 0; at < 17; at++) {
                String text = "y".repeat(at) + (char) c + "\u007e".repeat(16 - at);
                bytes = new JsonBytes(10);
                bytes.write(text.getBytes(StandardCharsets.UTF_8), 0, 17, 1_000);
                assertThat(read()).isEqualTo(text);
            }
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

        assertThat(new String(bytes.toBytes(), StandardCharsets.US_ASCII))
                .isEqualTo(Integer.toString(number));
    }

    private String read() throws IOException {
        return JSON.readValue(bytes.toBytes(), String.class);
    }
}
