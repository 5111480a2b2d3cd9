package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

class TokenFileTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private final ApiToken token = ApiToken.create(new SecureRandom());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;

    @TempDir private Path directory;

    @Test
    void aTokenStandsForItsCaller() throws IOException {
        TokenFile file = file("# of the build\n\n" + line("ci", token, null) + "\n");

        assertThat(file.judges(token.text())).isTrue();
        Caller caller = granted(file.authenticate(token.text()));
        assertThat(caller.name()).isEqualTo("ci");
        assertThat(caller.permissions()).containsExactly(Permission.READ);
        assertThat(caller.repositories().matches("team/tide")).isTrue();
        assertThat(caller.repositories().matches("other/tide")).isFalse();
    }

    @Test
    void anotherTokenIsNotKnown() throws IOException {
        TokenFile file = file(line("ci", token, null));
        String text = token.text();

        for (String wrong :
                List.of(
                        ApiToken.create(new SecureRandom()).text(),
                        text.substring(0, text.length() - 1),
                        text + "A",
                        text.toUpperCase(Locale.ROOT),
                        "tsk_",
                        token.hash(),
                        "tsk_\u00e9")) {
            assertThat(file.authenticate(wrong)).as(wrong).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aTokenEndsWhenItSaysSo() throws IOException {
        TokenFile file = file(line("ci", token, "2026-11-27T12:00:10Z"));

        now = START.plusSeconds(9);
        assertThat(file.authenticate(token.text())).isInstanceOf(Granted.class);
        now = START.plusSeconds(10);
        assertThat(file.authenticate(token.text()))
                .isEqualTo(new Refused("The token has expired; ask for a new one."));
    }

    @Test
    void aTokenThatIsTakenOutIsRefusedAndANewOneIsKnown() throws IOException {
        TokenFile file = file(line("ci", token, null));
        ApiToken next = ApiToken.create(new SecureRandom());
        rewrite(line("next", next, null));

        assertThat(file.authenticate(token.text())).isInstanceOf(Granted.class);
        now = START.plus(Duration.ofSeconds(1));
        assertThat(file.authenticate(token.text())).isInstanceOf(Refused.class);
        assertThat(granted(file.authenticate(next.text())).name()).isEqualTo("next");
    }

    @Test
    void aFileThatBecomesUnusableChangesNothing() throws IOException {
        TokenFile file = file(line("ci", token, null));
        rewrite("{");
        now = START.plusSeconds(2);
        assertThat(file.authenticate(token.text())).isInstanceOf(Granted.class);
        Files.delete(path());
        now = START.plusSeconds(4);
        assertThat(file.authenticate(token.text())).isInstanceOf(Granted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[],\"repositories\":[\"**\"]}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"write\"],\"repositories\":[\"**\"]}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[]}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"{a\"]}",
                "{\"name\":\"a\",\"sha256\":\"abc\",\"permissions\":[\"read\"],\"repositories\":[\"**\"]}",
                "{\"name\":\"a"
                    + " b\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"**\"]}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"**\"],\"expires\":\"soon\"}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"**\"],\"more\":1}",
                "{\"name\":\"a\",\"name\":\"b\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"**\"]}",
                "{\"name\":\"a\",\"sha256\":\"HASH\",\"permissions\":[\"read\"],\"repositories\":[\"**\"]}"
                    + " x",
            })
    void aLineThatIsWrongIsRefusedByItsNumber(String line) {
        assertThatThrownBy(() -> file("\n" + line.replace("HASH", token.hash())))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("line 2: ")
                .hasMessageNotContaining(token.hash());
    }

    @Test
    void twoTokensOfOneNameAreRefused() {
        assertThatThrownBy(() -> file(line("ci", token, null) + "\n" + line("ci", token, null)))
                .hasMessageContaining("line 2: there is another token named ci");
    }

    @Test
    void oneTokenUnderTwoNamesIsRefused() {
        assertThatThrownBy(() -> file(line("ci", token, null) + "\n" + line("other", token, null)))
                .hasMessageContaining("line 2: the same token stands there twice");
    }

    @Test
    void aFileWithoutATokenIsRefusedAndChangesNothing() throws IOException {
        assertThatThrownBy(() -> file("# nobody yet\n"))
                .hasMessageContaining("there is no token in it");
        TokenFile file = file(line("ci", token, null));
        rewrite("");
        now = START.plusSeconds(2);
        assertThat(file.authenticate(token.text())).isInstanceOf(Granted.class);
    }

    @Test
    void aClockThatIsSetBackKeepsNoTokenThatWasTakenOut() throws IOException {
        TokenFile file = file(line("ci", token, null));
        rewrite(line("next", ApiToken.create(new SecureRandom()), null));
        now = START.minus(Duration.ofHours(1));
        assertThat(file.authenticate(token.text())).isInstanceOf(Refused.class);
    }

    @Test
    void aFileThatAnybodyMayWriteToIsRefused() throws IOException {
        Files.writeString(path(), "");
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> new TokenFile(path(), InstantSource.fixed(START), meters))
                .hasMessageContaining("anybody may write to it");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new TokenFile(path(), InstantSource.fixed(START), meters))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(token.toString()).doesNotContain(token.text().substring(4));
        assertThat(token.text()).matches("tsk_[A-Za-z0-9_-]{43}");
    }

    private static String line(String name, ApiToken token, @Nullable String expires) {
        return new TokenEntry(name, token.hash(), List.of("read"), List.of("team/*"), expires)
                .write();
    }

    private static Caller granted(Authentication authentication) {
        assertThat(authentication).isInstanceOf(Granted.class);
        return ((Granted) authentication).caller();
    }

    private TokenFile file(String content) throws IOException {
        Files.writeString(path(), content);
        return new TokenFile(path(), () -> now, meters);
    }

    /** With another time, however coarse the clock of the file system is. */
    private void rewrite(String content) throws IOException {
        Files.writeString(path(), content);
        Files.setLastModifiedTime(path(), FileTime.from(START.plusSeconds(60)));
    }

    private Path path() {
        return directory.resolve("tokens");
    }
}
