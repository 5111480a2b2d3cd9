package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

final class ShellWordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"./tidescope", "a b", "it's", "$HOME", "a;b", "~", "*", "", "größe", "\"\\"})
    void aShellReadsTheTextAndNothingElse(String text) throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(text))
                        .redirectErrorStream(true)
                        .start();

        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read).isEqualTo(text);
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./tidescope", "/srv/tide-scope_1/data", "a,b@c"})
    void whatNeedsNoQuotesHasNone(String text) {
        assertThat(ShellWord.of(text)).isEqualTo(text);
    }
}
