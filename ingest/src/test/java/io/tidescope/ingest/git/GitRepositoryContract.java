package io.tidescope.ingest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What every reader of a git repository must do, told against the real git. */
abstract class GitRepositoryContract {
    private static final String MAIN = "refs/heads/main";

    @TempDir Path temp;
    private GitFixture git;

    /** {@code sha1} or {@code sha256}. */
    abstract String objectFormat();

    @BeforeEach
    void initRepository() {
        git = init("work");
    }

    private GitFixture init(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("--object-format=" + objectFormat()));
        all.addAll(List.of(options));
        return GitFixture.init(temp.resolve(name), all.toArray(String[]::new));
    }

    private RefTips tips(Path directory, String... refs) {
        try (GitRepository repository = GitRepository.open(directory)) {
            return repository.tips(Set.of(refs));
        }
    }

    private List<TreeChange> diff(@Nullable String base, @Nullable String target) {
        List<TreeChange> changes = new ArrayList<>();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            repository.diff(base, target, changes::add);
        }
        return changes;
    }

    @Test
    void an_unborn_branch_is_the_default_and_has_no_tip() {
        assertThat(tips(git.directory()).defaultRef()).isEqualTo(MAIN);
        assertThat(tips(git.directory()).commits()).isEmpty();
    }

    @Test
    void the_default_branch_stays_when_another_is_checked_out() {
        String first = git.write("A.java", "class A {}").commit();
        git.run("checkout", "-q", "-b", "feature/x");
        assertThat(tips(git.directory())).isEqualTo(new RefTips(MAIN, Map.of(MAIN, first)));
        git.run("branch", "-q", "-M", "main", "trunk");
        assertThat(tips(git.directory()).defaultRef()).isEqualTo("refs/heads/feature/x");
    }

    @Test
    void a_clone_follows_the_branch_that_origin_calls_its_head() {
        git.write("A.java", "class A {}").commit();
        git.run("branch", "-q", "-M", "main", "develop");
        git.run("branch", "main");
        GitFixture.at(temp).run("clone", "-q", git.directory().toString(), "clone");
        GitFixture clone = GitFixture.at(temp.resolve("clone"));
        clone.run("checkout", "-q", "-b", "main", "origin/main");
        assertThat(tips(clone.directory()).defaultRef()).isEqualTo("refs/heads/develop");
    }

    @Test
    void a_bare_repository_says_its_default_by_head() {
        git.write("A.java", "class A {}").commit();
        git.run("checkout", "-q", "-b", "trunk");
        GitFixture.at(temp).run("clone", "-q", "--bare", git.directory().toString(), "bare.git");
        assertThat(tips(temp.resolve("bare.git")).defaultRef()).isEqualTo("refs/heads/trunk");
    }

    @Test
    void tips_of_branches_and_annotated_tags_are_commits_also_when_packed() {
        String commit = git.write("A.java", "class A {}").commit();
        git.run("tag", "-a", "-m", "v", "v1");
        git.run("branch", "main-2");
        for (int packed = 0; packed < 2; packed++) {
            assertThat(tips(git.directory(), "refs/tags/v1", "refs/heads/none").commits())
                    .isEqualTo(Map.of(MAIN, commit, "refs/tags/v1", commit));
            git.run("pack-refs", "--all");
            git.run("gc", "-q");
        }
    }

    @Test
    void a_tip_that_moves_is_seen_by_a_repository_that_is_open() {
        git.write("A.java", "class A {}").commit();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            repository.tips(Set.of());
            String next = git.write("A.java", "class A { int a; }").commit();
            assertThat(repository.tips(Set.of()).find(MAIN)).contains(next);
            git.run("gc", "-q");
            assertThat(repository.holds(next)).isTrue();
            String last = git.write("A.java", "class A { int b; }").commit();
            assertThat(repository.tips(Set.of()).find(MAIN)).contains(last);
            assertThat(repository.read(git.run("rev-parse", "HEAD:A.java"), 100).content())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("class A { int b; }");
        }
    }

    @Test
    void a_ref_to_a_tree_is_refused() {
        git.write("A.java", "class A {}").commit();
        git.run("tag", "tree", "HEAD^{tree}");
        assertThatThrownBy(() -> tips(git.directory(), "refs/tags/tree"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("refs/tags/tree");
    }

    @Test
    void differences_come_in_the_order_of_paths_with_both_sides() throws IOException {
        git.write("a.java", "1").write("a.txt", "2").write("b/c.java", "3").write("z", "4");
        String base = git.commit();
        Files.delete(git.directory().resolve("a.java"));
        git.write("a.java/x.java", "5").write("b/c.java", "6");
        git.run("rm", "-q", "z");
        Files.createSymbolicLink(git.directory().resolve("z"), Path.of("a.txt"));
        String target = git.commit();

        List<TreeChange> changes = diff(base, target);
        assertThat(changes)
                .extracting(change -> change.path().toString())
                .containsExactly("a.java", "a.java/x.java", "b/c.java", "z");
        assertThat(changes.get(0).after()).isNull();
        assertThat(changes.get(1).before()).isNull();
        assertThat(changes.get(2).after())
                .isEqualTo(new TreeEntry(git.run("rev-parse", "HEAD:b/c.java"), 0100644));
        assertThat(changes.get(3).after()).isNotNull().matches(TreeEntry::isSymlink);
        assertThat(diff(null, target)).hasSize(4);
        assertThat(diff(target, null)).hasSize(4);
        assertThat(diff(target, target)).isEmpty();
    }

    @Test
    void a_blob_over_the_limit_comes_without_content_and_the_next_one_with() {
        git.write("Big.java", "x".repeat(100_000)).write("Small.java", "y").commit();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            Blob big = repository.read(git.run("rev-parse", "HEAD:Big.java"), 99_999);
            assertThat(big.size()).isEqualTo(100_000);
            assertThat(big.content()).isNull();
            assertThat(repository.read(git.run("rev-parse", "HEAD:Small.java"), 1).content())
                    .containsExactly('y');
        }
    }

    @Test
    void what_is_missing_is_named() {
        String commit = git.write("A.java", "class A {}").commit();
        String absent = "0123456789".repeat(7).substring(0, commit.length());
        try (GitRepository repository = GitRepository.open(git.directory())) {
            assertThat(repository.holds(commit)).isTrue();
            assertThat(repository.holds(absent)).isFalse();
            assertThatThrownBy(() -> repository.read(absent, 10))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                    .hasMessageContaining(absent);
            assertThatThrownBy(() -> repository.diff(absent, commit, change -> {}))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
            assertThat(repository.read(git.run("rev-parse", "HEAD:A.java"), 100).content())
                    .isNotNull();
        }
    }

    @Test
    void ancestors_are_the_newest_without_the_commit_itself() {
        git.commit();
        String grandparent = git.commit();
        String parent = git.commit();
        String tip = git.commit();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            assertThat(repository.ancestors(tip, 2))
                    .extracting(HexFormat.of()::formatHex)
                    .containsExactlyInAnyOrder(parent, grandparent);
            assertThat(repository.ancestors(tip, 256)).hasSize(3);
        }
    }

    @Test
    void a_shallow_clone_can_be_read() {
        git.write("A.java", "class A {}").commit();
        String tip = git.write("B.java", "class B {}").commit();
        GitFixture.at(temp).run("clone", "-q", "--depth=1", "file://" + git.directory(), "shallow");
        try (GitRepository repository = GitRepository.open(temp.resolve("shallow"))) {
            assertThat(repository.tips(Set.of()).find(MAIN)).contains(tip);
            assertThat(repository.ancestors(tip, 256)).isEmpty();
        }
    }

    @Test
    void a_linked_worktree_shares_its_branches() {
        String commit = git.write("A.java", "class A {}").commit();
        git.run("worktree", "add", "-q", "-b", "side", temp.resolve("linked").toString());
        GitFixture.at(temp.resolve("linked")).write("B.java", "class B {}").commit();
        RefTips tips = tips(temp.resolve("linked"), "refs/heads/side");
        assertThat(tips.defaultRef()).isEqualTo(MAIN);
        assertThat(tips.commits())
                .isEqualTo(Map.of(MAIN, commit, "refs/heads/side", git.tip("side")));
    }

    @Test
    void is_found_from_inside_but_opened_only_where_it_is() throws IOException {
        Path inside = Files.createDirectories(git.directory().resolve("src/main"));
        assertThat(GitRepository.discover(inside)).isEqualTo(git.directory());
        assertThatThrownBy(() -> GitRepository.open(inside))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(inside.toString())
                .hasMessageContaining("not a git repository");
        assertThatThrownBy(() -> GitRepository.open(temp.resolve("nowhere")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void a_detached_head_does_not_hide_the_default_branch() {
        String commit = git.write("A.java", "class A {}").commit();
        git.run("checkout", "-q", "--detach");
        assertThat(tips(git.directory()).find(MAIN)).contains(commit);
    }

    @Test
    void a_repository_that_vanishes_while_open_is_gone() throws IOException {
        git.write("A.java", "class A {}").commit();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            repository.tips(Set.of());
            Files.move(git.directory(), temp.resolve("away"));
            assertThatThrownBy(() -> repository.tips(Set.of(MAIN)))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void reading_leaves_no_trace_in_the_repository() throws IOException {
        git.write("A.java", "class A {}").commit();
        List<String> before = files();
        try (GitRepository repository = GitRepository.open(git.directory())) {
            RefTips tips = repository.tips(Set.of());
            repository.diff(null, tips.find(MAIN).orElseThrow(), change -> {});
            repository.ancestors(tips.find(MAIN).orElseThrow(), 256);
        }
        assertThat(files()).isEqualTo(before);
    }

    /** Every file and directory with the time it was written. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(git.directory())) {
            return all.map(path -> path + " " + path.toFile().lastModified()).sorted().toList();
        }
    }
}
