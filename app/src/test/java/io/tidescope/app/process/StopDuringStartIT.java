package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Ctrl-C before {@code tidescope up} has come up: as clean an end as later on. */
@Timeout(300)
final class StopDuringStartIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path temporary;
    private GitRepository repository;
    private Path data;

    @BeforeEach
    void makeRepository() {
        repository = GitRepository.create(temporary.resolve("shop"));
        repository.write("Basket.java", "class Basket {}\n").commit("Basket");
        data = temporary.resolve("data");
    }

    @Test
    void whileTheBrokerStarts() throws Exception {
        stopOnce("logs/broker.log");
    }

    @Test
    void whileTheStoreStarts() throws Exception {
        stopOnce("node-id");
    }

    /** Once a file is in the data directory. */
    private void stopOnce(String file) throws Exception {
        try (TideScopeProcess up = up()) {
            Eventually.until(LIMIT, file + " is there", () -> Files.exists(data.resolve(file)));
            List<ProcessHandle> broker =
                    ProcessHandle.of(up.pid()).orElseThrow().descendants().toList();
            assertThat(up.stop()).isZero();
            assertThat(broker).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
        assertThat(Files.readString(data.resolveSibling("data.out")).strip())
                .isEqualTo("Stopping ...");
        assertThat(data.resolve("endpoints")).doesNotExist();
        try (TideScopeProcess up = up()) {
            up.awaitServing();
            assertThat(up.stop()).isZero();
        }
    }

    private TideScopeProcess up() {
        return TideScopeProcess.launch(
                data,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                List.of(repository.directory().toString(), "--partitions", "2"));
    }
}
