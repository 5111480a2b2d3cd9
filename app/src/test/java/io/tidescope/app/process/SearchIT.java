package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code tidescope search} as a user meets it. */
@Timeout(300)
final class SearchIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path temporary;

    @Test
    void finds_what_looks_like_a_pattern_until_it_is_gone() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        Path directory = repository.directory();
        String data = directory.resolve(".tidescope").toString();
        repository
                .write(
                        "Till.java",
                        """
                        class Till {
                            boolean same(String a, String b) {
                                return (a).equals(/* what */ b) || a.equals(a);
                            }
                        }
                        """)
                .commit("Till");
        try (TideScopeProcess up =
                TideScopeProcess.launch(
                        Path.of(data), List.of(), List.of(repository.directory().toString()))) {
            IndexClient index = new IndexClient(up.awaitServing());
            index.awaitIndexed("shop", repository.head(), LIMIT);

            assertThat(search(directory, "$A.equals($B)"))
                    .contains("Till.java:3:16")
                    .contains("Till.java:3:");
            assertThat(search(directory, "$A.equals($A)").lines().filter(SearchIT::isMatch))
                    .singleElement()
                    .asString()
                    .contains("Till.java:3:");
            assertThat(search(directory, "--count", "$A.equals($B)").lines()).contains("2");
            Path rule = temporary.resolve("rule.yaml");
            Files.writeString(
                    rule,
                    """
                    rule:
                      pattern: $A.equals($B)
                      inside: {kind: method_declaration, stopBy: end}
                    constraints:
                      B: {regex: '^b$'}
                    """);
            assertThat(
                            search(directory, "--rule", rule.toString())
                                    .lines()
                                    .filter(SearchIT::isMatch))
                    .hasSize(1);
            Launcher.Ended wrong = Launcher.run(directory, "search", "foo(");
            assertThat(wrong.exit()).as(wrong.output()).isEqualTo(1);

            repository.delete("Till.java");
            String closed = repository.commit("closed");
            assertThat(
                            search(
                                            directory,
                                            "$A.equals($B)",
                                            "--repository",
                                            "shop",
                                            "--min-revision",
                                            closed,
                                            "--wait",
                                            "30s")
                                    .lines()
                                    .filter(SearchIT::isMatch))
                    .isEmpty();
        }
    }

    private static boolean isMatch(String line) {
        return line.contains("Till.java:");
    }

    private static String search(Path directory, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "search";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Launcher.Ended ended = Launcher.run(directory, command);
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended.output();
    }
}
