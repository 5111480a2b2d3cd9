package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.GitRepository;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** From {@code tidescope hook install} to the poke that a commit brings, over the real server. */
@Timeout(60)
final class HookCommandTest {
    private static final String NAME = "owner/the shop";

    @TempDir private Path temporary;
    private final BlockingQueue<String> pokes = new LinkedBlockingQueue<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private GitRepository repository;

    @BeforeEach
    void makeRepository() {
        repository = GitRepository.create(temporary.resolve("shop"));
    }

    @Test
    void aTokenOfTheEnvironmentThatHooksWillNotHaveIsToldOf() {
        Path file = Path.of("token");

        assertThat(HookCommand.ignoresToken(null, Map.of("TIDESCOPE_TOKEN", "tsk_x"))).isTrue();
        assertThat(HookCommand.ignoresToken(file, Map.of("TIDESCOPE_TOKEN", "tsk_x"))).isFalse();
        assertThat(HookCommand.ignoresToken(null, Map.of("TIDESCOPE_TOKEN", " "))).isFalse();
        assertThat(HookCommand.ignoresToken(null, Map.of())).isFalse();
    }

    @Test
    void commitsPokeWhoWasNamedUntilTheHooksAreGone() throws Exception {
        try (HttpApi api =
                HttpApi.receive(
                        new Receivers(pokes::add, null),
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF)) {
            String url = "http://127.0.0.1:" + api.port();
            assertThat(hook("install", directory(), "--name", NAME, "--url", url)).isZero();
            assertThat(out.toString())
                    .startsWith("Commits to owner/the shop are told to " + url + "/api/v1/poke.");

            repository.write("A.java", "class A {}").commit("A");
            assertThat(pokes.poll(30, TimeUnit.SECONDS)).isEqualTo(NAME);

            assertThat(hook("uninstall", directory())).isZero();
            repository.write("B.java", "class B {}").commit("B");
            assertThat(hook("install", directory(), "--name", "last", "--url", url)).isZero();
            repository.write("C.java", "class C {}").commit("C");
            assertThat(pokes.poll(30, TimeUnit.SECONDS)).isEqualTo("last");
        }
    }

    @Test
    void isInstalledForWhoDoesNotAnswerYetAndSaysSo() {
        assertThat(hook("install", directory(), "--url", "http://127.0.0.1:1")).isZero();
        assertThat(out.toString())
                .startsWith("Nobody answers at http://127.0.0.1:1/api/v1/poke yet.")
                .contains("Commits to shop are told to");
    }

    @Test
    void isNotInstalledForWhoTakesNoPokes() {
        try (HttpApi api =
                HttpApi.receive(
                        Receivers.NONE,
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF)) {
            String url = "http://127.0.0.1:" + api.port();
            assertThat(hook("install", directory(), "--url", url)).isEqualTo(1);
        }
        assertThat(err.toString()).startsWith("tidescope: nobody takes pokes at");
        assertThat(repository.directory().resolve(".git/hooks/post-commit")).doesNotExist();
    }

    private String directory() {
        return repository.directory().toString();
    }

    private int hook(String action, String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "hook";
        command[1] = action;
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return CommandLineInterface.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(command);
    }
}
