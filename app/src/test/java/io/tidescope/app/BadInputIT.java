package io.tidescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Files that should not be, pushed through everything: each is an answer, and stops no other. */
@Timeout(600)
class BadInputIT {
    private static final String NAME = "bad/input";
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int NESTED = 10_000;
    private static final int HUGE_BYTES = 50 * 1024 * 1024;

    @TempDir static Path directory;

    private static GitRepository repository;
    private static TideScopeProcess tidescope;
    private static IndexClient index;

    @BeforeAll
    static void push() {
        repository = GitRepository.create(directory.resolve("repository"));
        repository
                .write("Latin.java", "class Latin { int größe; }".getBytes(ISO_8859_1))
                .write("Huge.java", huge())
                .write("Deep.java", deep())
                .write("Empty.java", "")
                .write("Broken.java", "class Broken { void m() { int x = ; } int fine; }")
                .write("Noise.java", new byte[] {0, 1, 2, (byte) 0xFF, (byte) 0xFE, 0})
                .write("Case.java", "class Case {}")
                .write("notes.txt", "not Java")
                .write("sp ace/A B.java", "class Spaced {}")
                .write("\"quo'ted\".java", "class Quoted {}")
                .write("new\nline.java", "class Newlined {}")
                .write("ü/日本.java", "class Unicode {}")
                .write("Last.java", "class Last {}")
                .commit("bad input");
        tidescope =
                TideScopeProcess.launch(
                        directory.resolve("data"),
                        List.of(),
                        List.of(repository.directory().toString(), "--name", NAME));
        index = new IndexClient(tidescope.awaitServing());
        index.awaitIndexed(NAME, repository.head(), LIMIT);
    }

    @AfterAll
    static void stop() {
        tidescope.close();
    }

    @Test
    void everyJavaFileIsADocumentWhateverIsInIt() {
        assertThat(index.list("/documents", Map.of("repository", NAME)))
                .extracting(document -> document.path("path").asText())
                .contains(
                        "Broken.java",
                        "Deep.java",
                        "Empty.java",
                        "Huge.java",
                        "Last.java",
                        "Latin.java",
                        "Noise.java",
                        "\"quo'ted\".java",
                        "new\nline.java",
                        "sp ace/A B.java",
                        "ü/日本.java")
                .doesNotContain("notes.txt");
    }

    @Test
    void aFileThatIsNotUtf8IsReadByBestEffortAndSaysSo() {
        JsonNode document = document("Latin.java");
        assertThat(document.path("outcome").asText()).isEqualTo("parsed_with_problems");
        assertThat(document.path("problems").findValuesAsText("code")).contains("encoding");
        assertThat(definitions("größe")).containsExactly("Latin.java");
    }

    @Test
    void aFileOfFiftyMegabytesIsRejectedWithAReason() {
        JsonNode document = document("Huge.java");
        assertThat(document.path("outcome").asText()).isEqualTo("unparseable");
        assertThat(document.path("problems").findValuesAsText("code"))
                .containsAnyOf("rejected", "too_large");
        assertThat(document.path("size").asLong()).isEqualTo(HUGE_BYTES);
    }

    @Test
    void tenThousandNestedParenthesesAreATreeOrAReasonAndNeverAHang() {
        JsonNode document = document("Deep.java");
        if (document.path("outcome").asText().equals("parsed")) {
            assertThat(definitions("deep")).containsExactly("Deep.java");
        } else {
            assertThat(document.path("problems").findValuesAsText("code")).contains("too_deep");
        }
    }

    @Test
    void anEmptyFileIsADocumentWithoutSymbols() {
        JsonNode document = document("Empty.java");
        assertThat(document.path("outcome").asText()).isEqualTo("parsed");
        assertThat(document.path("lines").asInt()).isZero();
    }

    @Test
    void whatCanBeUnderstoodOfABrokenFileIsFound() {
        JsonNode document = document("Broken.java");
        assertThat(document.path("outcome").asText()).isEqualTo("parsed_with_problems");
        assertThat(document.path("problems").findValuesAsText("code")).contains("syntax");
        assertThat(definitions("fine")).containsExactly("Broken.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spaced", "Quoted", "Newlined", "Unicode", "Last"})
    void symbolsAreFoundWhateverThePathIs(String name) {
        List<String> paths = definitions(name);
        assertThat(paths).hasSize(1);
        assertThat(document(paths.getFirst()).path("outcome").asText()).isEqualTo("parsed");
    }

    @Test
    void aRenameOfCaseAloneMovesTheDocument() {
        String commit = repository.rename("Case.java", "case.java").commit("rename");
        TideScopeProcess.run(
                "publish",
                repository.directory().toString(),
                "--name",
                NAME,
                "--data",
                directory.resolve("data").toString());
        index.awaitIndexed(NAME, commit, LIMIT);
        assertThat(definitions("Case")).containsExactly("case.java");
        assertThat(index.ask("/document", Map.of("repository", NAME, "path", "Case.java")).status())
                .isEqualTo(404);
    }

    private static JsonNode document(String path) {
        return index.read(
                "/document", Map.of("repository", NAME, "path", path, "include", "problems"));
    }

    private static List<String> definitions(String name) {
        return index
                .list("/symbols", Map.of("q", name, "match", "exact", "repository", NAME))
                .stream()
                .map(symbol -> symbol.path("path").asText())
                .toList();
    }

    private static byte[] huge() {
        byte[] content = new byte[HUGE_BYTES];
        Arrays.fill(content, (byte) '/');
        return content;
    }

    private static String deep() {
        return "class Deep { int deep = " + "(".repeat(NESTED) + "1" + ")".repeat(NESTED) + "; }";
    }
}
