package io.tidescope.app;

import io.tidescope.testing.Corpus;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.IndexEqualsOracle;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.Release;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Application and broker killed at random moments of imports and pushes: what was pushed is indexed
 * all the same, once and completely.
 *
 * <p>The moments come from a seed that is printed; {@code -Dseed=} repeats it, {@code
 * -Dtidescope.kills=} sets how many kills there are.
 */
@Timeout(3_600)
class KillIT {
    private static final Logger log = LoggerFactory.getLogger(KillIT.class);

    private static final String LIBRARY = "commons-lang3";
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int KILLS = Integer.getInteger("tidescope.kills", 4);
    private static final int LATEST_KILL_MILLIS = 4_000;

    @TempDir Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatWasPushedIsIndexedOnceAndCompletelyWhoeverDiesMeanwhile() {
        log.atWarn().addKeyValue("seed", seed).log("Random moments");
        List<Release> releases = Corpus.open().releases(LIBRARY, KILLS + 1);
        GitRepository repository = GitRepository.create(directory.resolve(LIBRARY));
        repository.replaceAll(releases.getFirst().files()).commit("first");

        TideScopeProcess tidescope = launch(repository);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                if (random.nextBoolean()) {
                    tidescope.awaitServing();
                }
                if (kill > 0) {
                    Release release = releases.get(kill % releases.size());
                    repository.replaceAll(release.files()).commit(release.version());
                }
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(LATEST_KILL_MILLIS)).toNanos());
                if (random.nextBoolean()) {
                    log.atWarn().addKeyValue("kill", kill).log("Killing the application");
                    tidescope.kill();
                    tidescope = launch(repository);
                } else {
                    log.atWarn().addKeyValue("kill", kill).log("Killing the broker");
                    tidescope.killBroker();
                }
            }
            IndexClient index = new IndexClient(tidescope.awaitServing());
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            new IndexEqualsOracle(index, LIBRARY).check(Oracle.read(repository.files("HEAD")));
        } finally {
            tidescope.close();
        }
    }

    private TideScopeProcess launch(GitRepository repository) {
        return TideScopeProcess.launch(
                directory.resolve("data"), List.of(), List.of(repository.directory().toString()));
    }
}
