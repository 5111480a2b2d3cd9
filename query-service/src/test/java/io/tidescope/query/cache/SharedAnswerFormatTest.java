package io.tidescope.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class SharedAnswerFormatTest {
    private static final byte[] ANSWER = {1, 2, 3, 4, 5};

    @Test
    void whatWasWrittenIsRead() {
        byte[] bytes = SharedAnswerFormat.write("key", 77, ANSWER);

        assertThat(SharedAnswerFormat.read("key", bytes))
                .hasValueSatisfying(
                        kept -> {
                            assertThat(kept.position()).isEqualTo(77);
                            assertThat(kept.answer()).isEqualTo(ANSWER);
                        });
    }

    @Test
    void whatIsCutShortOrChangedOrUnderAnotherKeyIsNoAnswer() {
        byte[] bytes = SharedAnswerFormat.write("key", 77, ANSWER);

        assertThat(SharedAnswerFormat.read("other", bytes)).isEmpty();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x10;
            assertThat(SharedAnswerFormat.read("key", changed)).as("byte %d", i).isEmpty();
            assertThat(SharedAnswerFormat.read("key", Arrays.copyOf(bytes, i))).isEmpty();
        }
    }
}
