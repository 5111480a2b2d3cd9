package io.tidescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.EveryAcknowledgedChangeIsVisible;
import io.tidescope.testing.ExpectedDocument;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.IndexEqualsOracle;
import io.tidescope.testing.NoGhostSymbols;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.OrderPerDocument;
import io.tidescope.testing.Release;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;

/**
 * Releases of real libraries pushed one after another: after every push the index is what the
 * oracle reads in the checkout. Every document and the totals are compared each time, a sample of
 * the names after a push and every name after the last.
 *
 * <p>{@code -Dtidescope.releases=} sets how many releases, {@code -Dtidescope.names=} how large the
 * sample.
 */
@Timeout(900)
class HistoryReplayIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int RELEASES = Integer.getInteger("tidescope.releases", 4);
    private static final int NAMES = Integer.getInteger("tidescope.names", 300);

    @TempDir Path directory;

    private final Random random = new Random(Long.getLong("seed", 42));

    @ParameterizedTest
    @ValueSource(strings = {"gson", "jackson-core"})
    void afterEveryPushTheIndexIsWhatTheOracleReads(String library) {
        GitRepository repository = GitRepository.create(directory.resolve(library));
        List<Release> releases = Corpus.open().releases(library, RELEASES);
        repository.replaceAll(releases.getFirst().files()).commit(releases.getFirst().version());

        Path data = directory.resolve("data");
        List<String> arguments = List.of(repository.directory().toString());
        try (TideScopeProcess tidescope = TideScopeProcess.launch(data, List.of(), arguments)) {
            IndexClient index = new IndexClient(tidescope.awaitServing());
            TideScopeProcess.run(
                    "hook", "install", arguments.getFirst(), "--data", data.toString());

            SortedMap<String, byte[]> checkout = repository.files("HEAD");
            Map<String, ExpectedDocument> expected = Oracle.read(checkout);
            index.awaitIndexed(library, repository.head(), LIMIT);
            IndexEqualsOracle equal = new IndexEqualsOracle(index, library);
            equal.checkSample(expected, NAMES, random);

            int gone = 0;
            for (Release release : releases.subList(1, releases.size())) {
                String commit = repository.replaceAll(release.files()).commit(release.version());
                SortedMap<String, byte[]> next = repository.files(commit);
                new EveryAcknowledgedChangeIsVisible(index, library).check(checkout, next, commit);
                index.awaitIndexed(library, commit, LIMIT);

                Map<String, ExpectedDocument> expectedNext = Oracle.read(next);
                gone += new NoGhostSymbols(index, library).check(expected, expectedNext);
                equal.checkSample(expectedNext, NAMES, random);
                checkout = next;
                expected = expectedNext;
            }
            equal.check(expected);
            assertThat(gone).as("names and paths that releases removed").isPositive();
            assertThat(order(tidescope.endpoints()).check()).isGreaterThan(expected.size());
            assertThat(tidescope.stop()).isZero();
        }
    }

    private static OrderPerDocument order(Properties endpoints) {
        return new OrderPerDocument(
                KafkaConnection.to(endpoints.getProperty("bootstrap")),
                new HttpSchemaRegistry(URI.create(endpoints.getProperty("registry"))));
    }
}
