package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the launcher has the JVM learn from a rehearsal, and an {@code up} that ends by itself. */
@Timeout(400)
final class RehearsalIT {
    @TempDir private Path temporary;

    @Test
    void what_was_learned_is_used_and_does_no_harm_when_it_is_damaged() throws Exception {
        TideScopeProcess.train();
        Path learned = learned("tidescope.aot");
        assertThat(learned).isNotEmptyFile();
        assertThat(learned("broker.aot")).isNotEmptyFile();
        Path kept = Files.copy(learned, temporary.resolve("kept"), COPY_ATTRIBUTES);
        try {
            upOnce("first");
            try (RandomAccessFile file = new RandomAccessFile(learned.toFile(), "rw")) {
                file.setLength(4_096);
            }
            upOnce("second");
            Files.delete(learned);
            upOnce("third");
        } finally {
            // Other tests start sooner with it.
            Files.copy(kept, learned, COPY_ATTRIBUTES, REPLACE_EXISTING);
        }
    }

    private static Path learned(String name) {
        return Path.of(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY))
                .resolveSibling("app/target/" + name);
    }

    @Test
    void ends_as_failed_when_a_repository_cannot_be_indexed() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve("broken"));
        repository.write("A.java", "class A {}").commit("A");
        String tree = repository.git("rev-parse", "HEAD^{tree}").strip();
        Files.delete(
                repository
                        .directory()
                        .resolve(".git/objects")
                        .resolve(tree.substring(0, 2))
                        .resolve(tree.substring(2)));

        Launcher.Ended up = once(repository);

        assertThat(up.exit()).as(up.output()).isEqualTo(1);
        assertThat(up.output()).contains("broken: ");
    }

    private void upOnce(String name) throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve(name));
        repository.write("A.java", "class A {}").commit("A");

        Launcher.Ended up = once(repository);

        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output()).doesNotContain("aot").doesNotContain("WARN");
    }

    private static Launcher.Ended once(GitRepository repository) throws Exception {
        return Launcher.run(repository.directory(), "up", "--once", "--port", "0");
    }
}
