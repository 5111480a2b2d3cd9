package io.tidescope.app.cli;

import io.tidescope.app.client.QueryClient;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.Secret;
import io.tidescope.app.role.Publishing;
import io.tidescope.ingest.TrackedRepository;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

/** What a start shows: how indexing catches up, and then that it has. */
final class FirstImport implements AutoCloseable {
    private final URI address;
    private final List<TrackedRepository> followed;
    private final Runnable goingOn;
    private final QueryClient client;
    private final CompleteAnswers answers;

    /**
     * @param address where questions are answered
     * @param token with which they may be asked; null where none is needed
     * @param tls whom to trust there; null for whom Java does
     * @param goingOn throws when something failed without which there is nothing to wait for
     */
    FirstImport(
            URI address,
            @Nullable Secret token,
            @Nullable SSLContext tls,
            List<TrackedRepository> followed,
            Runnable goingOn) {
        this.address = address;
        this.followed = followed;
        this.goingOn = goingOn;
        client = new QueryClient(address, token, tls);
        answers = new CompleteAnswers(client, goingOn);
    }

    /** Returns once everything is indexed but for repositories that have a problem. */
    void show(Supplier<Publishing> publishing) throws InterruptedException {
        new ImportView(
                        answers,
                        publishing,
                        followed.stream().map(TrackedRepository::name).collect(Collectors.toSet()),
                        goingOn)
                .show(Terminal.err());
    }

    /**
     * Says where TideScope answers, and what can be asked.
     *
     * @param admin where health and metrics are; null when others say that
     */
    void welcome(PrintWriter out, Path data, @Nullable Address admin) throws InterruptedException {
        new Welcome(
                        client,
                        answers,
                        address,
                        admin,
                        followed,
                        ShellWord.of(JavaCommand.asTyped()),
                        data.equals(Path.of(UpCommand.DATA))
                                ? ""
                                : " --data " + ShellWord.of(data.toString()))
                .print(out);
        out.flush();
    }

    @Override
    public void close() {
        client.close();
    }
}
