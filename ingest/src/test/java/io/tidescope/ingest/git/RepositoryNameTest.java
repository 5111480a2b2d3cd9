package io.tidescope.ingest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

class RepositoryNameTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/apache/kafka.git, apache/kafka",
        "https://github.com/apache/kafka, apache/kafka",
        "https://github.com/apache/kafka/, apache/kafka",
        "https://user:token@example.org:8443/owner/name.git, owner/name",
        "ssh://git@example.org:2222/owner/name.git, owner/name",
        "git@github.com:apache/kafka.git, apache/kafka",
        "example.org:owner/name, owner/name",
        "git@[::1]:owner/name.git, owner/name",
        "https://gitlab.com/group/sub/name.git, group/sub/name",
        "git@gitlab.com:group/sub/deeper/name.git, group/sub/deeper/name",
        "ssh://git@example.org/~user/name.git, user/name",
        "git@example.org:/srv/git/name.git, srv/git/name",
        "https://example.org/.git, .git",
    })
    void is_the_path_of_the_origin(String url, String name) {
        assertThat(RepositoryName.fromUrl(url)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///srv/git/name.git",
                "/srv/git/name.git",
                "../name",
                "https://example.org",
                "https://example.org/",
                ""
            })
    void is_not_taken_from_a_url_without_owner(String url) {
        assertThat(RepositoryName.fromUrl(url)).isEmpty();
    }

    @Test
    void is_else_the_name_of_the_directory(@TempDir Path temp) {
        GitFixture git = GitFixture.init(temp.resolve("plain"));
        assertThat(nameOf(git.directory())).isEqualTo("plain");
        assertThat(nameOf(git.directory().resolve(".git"))).isEqualTo("plain");
        assertThat(nameOf(GitFixture.init(temp.resolve("bare.git"), "--bare").directory()))
                .isEqualTo("bare");
        git.run("remote", "add", "origin", "git@github.com:owner/name.git");
        assertThat(nameOf(git.directory())).isEqualTo("owner/name");
    }

    private static String nameOf(Path directory) {
        try (GitRepository repository = GitRepository.open(directory)) {
            return RepositoryName.of(repository);
        }
    }

    @Test
    void given_by_a_user_must_be_printable() {
        assertThat(RepositoryName.given("mein Projekt/ö")).isEqualTo("mein Projekt/ö");
        for (String bad : new String[] {"", " ", "a\nb", "a\0b", "x".repeat(256)}) {
            assertThatThrownBy(() -> RepositoryName.given(bad))
                    .isInstanceOf(TideScopeException.class);
        }
    }
}
