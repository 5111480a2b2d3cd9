package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Hooks in real repositories, run by the real git. */
class HookInstallerTest {
    private static final String NAME = "owner/it's a name";

    @TempDir Path temp;
    private final BlockingQueue<String> pokes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> proofs = new LinkedBlockingQueue<>();
    private HttpServer server;
    private URI url;
    private GitFixture git;

    @BeforeEach
    void startReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String proof = exchange.getRequestHeaders().getFirst("Authorization");
                    if (proof != null) {
                        proofs.add(proof);
                    }
                    pokes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/poke");
        git = GitFixture.init(temp.resolve("a \"work\" tree's"));
    }

    @AfterEach
    void stopReceiver() {
        server.stop(0);
    }

    private void assertPoked() throws InterruptedException {
        assertThat(pokes.poll(30, TimeUnit.SECONDS))
                .isEqualTo("POST /poke?repository=owner%2Fit%27s+a+name");
    }

    private Path hook(String name) {
        return git.directory().resolve(".git/hooks").resolve(name);
    }

    private Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void a_commit_a_merge_a_checkout_and_an_amend_poke() throws InterruptedException {
        HookInstaller.install(git.directory(), url, NAME, null);
        git.write("A.java", "class A {}").commit();
        assertPoked();
        git.run("checkout", "-q", "-b", "side");
        assertPoked();
        git.run("commit", "-q", "--amend", "-m", "other");
        assertPoked();
        assertPoked();
        git.run("checkout", "-q", "-b", "behind", "HEAD");
        assertPoked();
        git.write("B.java", "class B {}").commit();
        assertPoked();
        git.run("checkout", "-q", "side");
        assertPoked();
        // Moves the branch only, which no other hook hears of.
        git.run("merge", "-q", "--ff-only", "behind");
        assertPoked();
        assertThat(pokes).isEmpty();
    }

    @Test
    void a_push_to_a_bare_repository_pokes() throws InterruptedException {
        GitFixture bare = GitFixture.init(temp.resolve("bare.git"), "--bare");
        HookInstaller.install(bare.directory(), url, NAME, null);
        git.write("A.java", "class A {}").commit();
        git.run("push", "-q", bare.directory().toString(), "main");
        assertPoked();
    }

    @Test
    void a_commit_in_a_linked_worktree_pokes() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        Path linked = temp.resolve("linked");
        git.run("worktree", "add", "-q", "-b", "side", linked.toString());
        HookInstaller.install(linked, url, NAME, null);
        assertThat(hook("post-commit")).isRegularFile();
        GitFixture.at(linked).write("B.java", "class B {}").commit();
        assertPoked();
    }

    @Test
    void a_commit_succeeds_when_nobody_listens() {
        HookInstaller.install(git.directory(), url, NAME, null);
        server.stop(0);
        String commit = git.write("A.java", "class A {}").commit();
        assertThat(git.tip("main")).isEqualTo(commit);
    }

    @Test
    void git_ends_while_the_poke_still_waits_for_an_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI deaf = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/poke");
            HookInstaller.install(git.directory(), deaf, NAME, null);
            git.write("A.java", "class A {}").commit();
            try (Socket poke = silent.accept()) {
                // Accepted only after git has ended, so git cannot have waited for the answer.
                assertThat(poke.isConnected()).isTrue();
            }
        }
    }

    @Test
    void an_earlier_hook_keeps_its_arguments_input_and_status() throws Exception {
        GitFixture bare = GitFixture.init(temp.resolve("bare.git"), "--bare");
        Path seen = temp.resolve("seen");
        script(bare.directory().resolve("hooks/post-receive"), "cat > '" + seen + "'\nexit 3\n");
        script(hook("post-checkout"), "echo \"$3\" > '" + temp.resolve("flag") + "'\nexit 5\n");
        HookInstaller.install(bare.directory(), url, NAME, null);
        HookInstaller.install(git.directory(), url, NAME, null);

        String commit = git.write("A.java", "class A {}").commit();
        assertPoked();
        git.run("push", "-q", bare.directory().toString(), "main");
        assertPoked();
        assertThat(Files.readString(seen)).contains(commit + " refs/heads/main");

        Process checkout =
                new ProcessBuilder(hook("post-checkout").toString(), "old", "new", "1").start();
        assertThat(checkout.waitFor()).isEqualTo(5);
        assertPoked();
        assertThat(Files.readString(temp.resolve("flag"))).isEqualTo("1\n");
    }

    @Test
    void installing_twice_changes_nothing_and_uninstalling_restores() throws Exception {
        Path earlier = script(hook("post-commit"), "exit 0\n");
        String before = Files.readString(earlier);
        HookInstaller.install(git.directory(), url, NAME, null);
        HookInstaller.install(git.directory(), url, NAME, null);
        assertThat(hook("post-commit" + HookScript.EARLIER)).hasContent(before);
        HookInstaller.uninstall(git.directory());
        HookInstaller.uninstall(git.directory());
        assertThat(hook("post-commit")).hasContent(before).isExecutable();
        assertThat(hook("post-commit" + HookScript.EARLIER)).doesNotExist();
        for (String name : HookInstaller.HOOKS.subList(1, HookInstaller.HOOKS.size())) {
            assertThat(hook(name)).doesNotExist();
        }
    }

    @Test
    void hooks_go_where_the_repository_says_but_not_where_others_share_them() {
        git.run("config", "core.hooksPath", ".our hooks");
        HookInstaller.install(git.directory(), url, NAME, null);
        assertThat(git.directory().resolve(".our hooks/post-commit")).isExecutable();

        git.run("config", "core.hooksPath", temp.resolve("shared").toString());
        assertThatThrownBy(() -> HookInstaller.install(git.directory(), url, NAME, null))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("core.hooksPath");
    }

    @Test
    void a_hook_that_was_merged_by_hand_is_kept() throws Exception {
        HookInstaller.install(git.directory(), url, NAME, null);
        Path merged = hook("post-commit");
        Files.writeString(merged, Files.readString(merged).replace("exit 0\n", "echo mine\n"));
        String text = Files.readString(merged);

        assertThat(HookInstaller.uninstall(git.directory())).containsExactly(merged);
        assertThat(merged).hasContent(text);
        assertThat(hook("post-merge")).doesNotExist();

        HookInstaller.install(git.directory(), url, NAME, null);
        assertThat(hook("post-commit" + HookScript.EARLIER)).hasContent(text);
        HookInstaller.uninstall(git.directory());
        assertThat(merged).hasContent(text).isExecutable();
    }

    @Test
    void nothing_is_changed_when_there_is_no_place_for_a_hook_that_is_there() throws Exception {
        Path first = script(hook("post-rewrite"), "first\n");
        HookInstaller.install(git.directory(), url, NAME, null);
        Files.writeString(first, Files.readString(first) + "mine\n");
        HookInstaller.uninstall(git.directory());
        String text = Files.readString(first);

        assertThatThrownBy(() -> HookInstaller.install(git.directory(), url, NAME, null))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining(first.toString());
        assertThat(first).hasContent(text);
        assertThat(hook("post-rewrite" + HookScript.EARLIER)).hasContent("#!/bin/sh\nfirst\n");
        assertThat(hook("post-commit")).doesNotExist();
    }

    @Test
    void a_hook_of_another_version_is_replaced_and_removed() throws Exception {
        Path hook = hook("post-commit");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, HookScript.marked("poke in another way\n"));
        HookInstaller.install(git.directory(), url, NAME, null);
        assertThat(Files.readString(hook)).contains("curl");
        assertThat(hook("post-commit" + HookScript.EARLIER)).doesNotExist();
        Files.writeString(hook, HookScript.marked("poke in another way\n"));
        assertThat(HookInstaller.uninstall(git.directory())).isEmpty();
        assertThat(hook).doesNotExist();
    }

    @Test
    void uninstalling_puts_back_what_an_install_that_was_cut_off_had_moved() throws Exception {
        Path aside = script(hook("post-commit" + HookScript.EARLIER), "exit 0\n");
        HookInstaller.uninstall(git.directory());
        assertThat(hook("post-commit")).hasContent("#!/bin/sh\nexit 0\n");
        assertThat(aside).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void a_poke_goes_through_no_proxy(String program) throws Exception {
        HookInstaller.install(git.directory(), url, NAME, null);
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve(program), onPath(program));
        ProcessBuilder commit = new ProcessBuilder(hook("post-commit").toString());
        commit.environment().keySet().removeIf(name -> name.equalsIgnoreCase("no_proxy"));
        commit.environment().put("PATH", bin.toString());
        for (String variable : List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")) {
            commit.environment().put(variable, "http://127.0.0.1:1");
        }
        assertThat(commit.start().waitFor()).isZero();
        assertPoked();
    }

    @Test
    void a_poke_proves_who_pokes_with_the_token_that_is_in_the_file_then() throws Exception {
        assumeThat(onPath("curl")).isNotNull();
        Path token = temp.resolve("it's a token");
        HookInstaller.install(git.directory(), url, NAME, token);
        Files.writeString(token, "tsk_first");
        git.write("A.java", "class A {}").commit();
        assertPoked();
        assertThat(proofs.poll(30, TimeUnit.SECONDS)).isEqualTo("Bearer tsk_first");
        Files.writeString(token, "tsk_second\n");
        git.write("B.java", "class B {}").commit();
        assertPoked();
        assertThat(proofs.poll(30, TimeUnit.SECONDS)).isEqualTo("Bearer tsk_second");
        assertThat(Files.readString(hook("post-commit"))).doesNotContain("tsk_");
    }

    private static Path onPath(String program) {
        Optional<Path> found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, program))
                        .filter(Files::isExecutable)
                        .findFirst();
        assumeThat(found).as(program + " is here").isPresent();
        return found.orElseThrow();
    }
}
