package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hooks in real repositories, run by the real git. */
class HookInstallerTest {
    private static final String NAME = "owner/it's a name";

    @TempDir Path temp;
    private final BlockingQueue<String> pokes = new LinkedBlockingQueue<>();
    private HttpServer server;
    private URI url;
    private GitFixture git;

    @BeforeEach
    void startReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
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
        HookInstaller.install(git.directory(), url, NAME);
        git.write("A.java", "class A {}").commit();
        assertPoked();
        git.run("checkout", "-q", "-b", "side");
        assertPoked();
        git.run("commit", "-q", "--amend", "-m", "other");
        assertPoked();
        assertPoked();
        git.run("checkout", "-q", "-b", "behind", "HEAD");
        assertPoked();
    }

    @Test
    void a_push_to_a_bare_repository_pokes() throws InterruptedException {
        GitFixture bare = GitFixture.init(temp.resolve("bare.git"), "--bare");
        HookInstaller.install(bare.directory(), url, NAME);
        git.write("A.java", "class A {}").commit();
        git.run("push", "-q", bare.directory().toString(), "main");
        assertPoked();
    }

    @Test
    void a_commit_in_a_linked_worktree_pokes() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        Path linked = temp.resolve("linked");
        git.run("worktree", "add", "-q", "-b", "side", linked.toString());
        HookInstaller.install(linked, url, NAME);
        assertThat(hook("post-commit")).isRegularFile();
        GitFixture.at(linked).write("B.java", "class B {}").commit();
        assertPoked();
    }

    @Test
    void a_commit_succeeds_when_nobody_listens() {
        HookInstaller.install(git.directory(), url, NAME);
        server.stop(0);
        String commit = git.write("A.java", "class A {}").commit();
        assertThat(git.tip("main")).isEqualTo(commit);
    }

    @Test
    void git_ends_while_the_poke_still_waits_for_an_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI deaf = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/poke");
            HookInstaller.install(git.directory(), deaf, NAME);
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
        HookInstaller.install(bare.directory(), url, NAME);
        HookInstaller.install(git.directory(), url, NAME);

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
        HookInstaller.install(git.directory(), url, NAME);
        HookInstaller.install(git.directory(), url, NAME);
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
        HookInstaller.install(git.directory(), url, NAME);
        assertThat(git.directory().resolve(".our hooks/post-commit")).isExecutable();

        git.run("config", "core.hooksPath", temp.resolve("shared").toString());
        assertThatThrownBy(() -> HookInstaller.install(git.directory(), url, NAME))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("core.hooksPath");
    }
}
