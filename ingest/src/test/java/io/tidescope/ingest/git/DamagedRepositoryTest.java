package io.tidescope.ingest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Damage is told from absence, is named, and spoils nothing that is sound. */
@ParameterizedClass
@ValueSource(strings = {"sha1", "sha256"})
class DamagedRepositoryTest {
    private static final String SIDE = "refs/heads/side";

    private final String objectFormat;
    @TempDir Path temp;
    private GitFixture git;
    private GitRepository repository;

    DamagedRepositoryTest(String objectFormat) {
        this.objectFormat = objectFormat;
    }

    @BeforeEach
    void commitFiles() {
        git = GitFixture.init(temp.resolve("work"), "--object-format=" + objectFormat);
        // Large and of little order, so that it can be cut in the middle.
        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            large.append(Integer.toHexString(i * 0x9E3779B9)).append('\n');
        }
        git.write("a/Large.java", large.toString()).write("b/Small.java", "class Small {}");
        git.commit();
        git.run("branch", "side");
        repository = GitRepository.open(git.directory());
    }

    @AfterEach
    void closeRepository() {
        repository.close();
    }

    private static AbstractThrowableAssert<?, ?> assertCorrupt(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("fsck");
    }

    private Path object(String revision) {
        Path object = git.looseObject(git.run("rev-parse", revision));
        assertThat(object.toFile().setWritable(true)).isTrue();
        return object;
    }

    @Test
    void a_broken_ref_is_not_a_deleted_one() throws IOException {
        String tip = git.tip("main");
        String absent = "0123456789".repeat(7).substring(0, tip.length());
        Path file = git.directory().resolve(".git").resolve(SIDE);
        for (String content :
                List.of("", "\0\0\0\0", "short\n", "x".repeat(tip.length()) + "\n", absent)) {
            Files.writeString(file, content);
            assertCorrupt(() -> repository.tips(Set.of(SIDE)))
                    .hasMessageContaining(content.equals(absent) ? absent : "side");
        }
        Files.writeString(file, tip + "\n");
        assertThat(repository.tips(Set.of(SIDE)).find(SIDE)).contains(tip);
        Files.delete(file);
        assertThat(repository.tips(Set.of(SIDE)).find(SIDE)).isEmpty();
    }

    @Test
    void a_symbolic_ref_to_a_deleted_one_is_not_broken() {
        git.run("symbolic-ref", SIDE, "refs/heads/deleted");
        assertThat(repository.tips(Set.of(SIDE)).find(SIDE)).isEmpty();
    }

    @Test
    void a_damaged_blob_is_named_and_the_next_one_is_read() throws IOException {
        String large = git.run("rev-parse", "main:a/Large.java");
        String small = git.run("rev-parse", "main:b/Small.java");
        Path file = object("main:a/Large.java");
        byte[] sound = Files.readAllBytes(file);
        byte[] changed = sound.clone();
        Arrays.fill(changed, changed.length / 2, changed.length / 2 + 20, (byte) 0x55);
        for (byte[] content :
                List.of(
                        changed,
                        Arrays.copyOf(sound, sound.length / 2),
                        Arrays.copyOf(sound, 10),
                        new byte[0],
                        "no zlib stream".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(file, content);
            assertCorrupt(() -> repository.read(large, 1 << 20)).hasMessageContaining(large);
            assertThat(repository.read(small, 100).content())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("class Small {}");
        }
        Files.write(file, sound);
        assertThat(repository.read(large, 1 << 20).content()).isNotNull();
    }

    @Test
    void a_damaged_tree_is_no_difference() throws IOException {
        String base = git.tip("main");
        String target = git.write("a/New.java", "class New {}").commit();
        Path subtree = object("main:a");
        byte[] sound = Files.readAllBytes(subtree);
        Files.writeString(subtree, "no zlib stream");
        assertCorrupt(() -> repository.diff(base, target, change -> {}))
                .hasMessageContaining(target);
        assertCorrupt(() -> repository.diff(target, null, change -> {}));
        Files.delete(subtree);
        assertCorrupt(() -> repository.diff(null, target, change -> {}));
        assertThat(repository.holds(target)).isTrue();

        Files.write(subtree, sound);
        Files.delete(object("main^{tree}"));
        assertThat(repository.holds(target)).isFalse();
        assertThat(repository.holds(base)).isTrue();
    }

    @Test
    void damaged_history_ends_the_ancestors() throws IOException {
        String grandparent = git.tip("main");
        String parent = git.commit();
        String tip = git.commit();
        assertThat(repository.ancestors(tip, 10))
                .extracting(HexFormat.of()::formatHex)
                .containsExactlyInAnyOrder(parent, grandparent);
        Files.writeString(object(grandparent), "no zlib stream");
        assertThat(repository.ancestors(tip, 10)).hasSizeLessThan(2);
    }
}
