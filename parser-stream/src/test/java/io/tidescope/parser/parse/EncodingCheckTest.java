package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

class EncodingCheckTest {
    @Test
    void utf8IsValidHoweverLongItIs() {
        byte[] content = "class Größe {} // 𝒳\n".repeat(2_000).getBytes(UTF_8);

        assertThat(EncodingCheck.of(content)).isEqualTo(new EncodingCheck("UTF-8", false, -1));
        assertThat(EncodingCheck.of(new byte[0])).isEqualTo(new EncodingCheck("UTF-8", false, -1));
    }

    @Test
    void theFirstByteThatIsNotUtf8IsNamed() {
        byte[] content = ("x".repeat(20_000) + "ö").getBytes(ISO_8859_1);

        assertThat(EncodingCheck.of(content))
                .isEqualTo(new EncodingCheck("windows-1252", true, 20_000));
    }

    @Test
    void aCharacterThatIsCutOffIsInvalidWhereItBegins() {
        byte[] content = {'a', (byte) 0xC3};

        assertThat(EncodingCheck.of(content).firstInvalid()).isEqualTo(1);
    }

    @Test
    void whatAByteOrderMarkSaysIsNoGuess() {
        byte[] content = {(byte) 0xFE, (byte) 0xFF, 0, 'a'};

        assertThat(EncodingCheck.of(content)).isEqualTo(new EncodingCheck("UTF-16BE", false, 0));
    }
}
