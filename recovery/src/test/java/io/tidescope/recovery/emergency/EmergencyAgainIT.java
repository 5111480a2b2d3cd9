package io.tidescope.recovery.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.stream.ParserNode;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;

/** An emergency after one that was not complete, or that is gone on with later. */
@Timeout(120)
class EmergencyAgainIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static TestBroker broker;

    @TempDir private Path directory;

    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void oneThatCannotBeReadAnyMoreKeepsNobodyFromANewOne() throws Exception {
        Trial trial = trial("unread.");
        SortedMap<String, String> kept = trial.deployment().documents();
        objects.create("emergencies/0123456789ab/intent", "not what was written".getBytes(UTF_8));
        byte[] later = "{\"version\":2}".getBytes(UTF_8);
        objects.create("emergencies/%s/intent".formatted(IntentFormat.code(later)), later);
        String begun = trial.look().code();
        assertThatThrownBy(() -> trial.run(new Told("2 stop begins"), begun));
        objects.delete("emergencies/%s/2-stop-begun".formatted(begun));
        objects.create("emergencies/%s/2-stop-begun".formatted(begun), "no time".getBytes(UTF_8));
        trial.deleteTopics();

        EmergencyPlan plan = trial.look();
        assertThat(plan.unfinished()).isEmpty();
        trial.run(new Told(""), plan.code());

        assertThat(trial.deployment().documents()).isEqualTo(kept);
    }

    @Test
    void whatAnEarlierTryHasDeletedIsSaidWhenItIsRefused() throws Exception {
        Trial trial = trial("gone.");
        String code = trial.look().code();
        assertThatThrownBy(() -> trial.run(new Told("3 clear begins"), code));
        // As it was when it is killed before it says that all of them are deleted.
        trial.deleteTopics();
        trial.deployment().withTopics();
        String deleted =
                "Deleted so far: gone.documents, gone.file-changes, gone.parse-failures,"
                        + " gone.repositories. Still there: none.";

        try (ParserNode _ = trial.deployment().startParser()) {
            Eventually.until(LIMIT, "the parser is there", () -> isWorkedOn(trial));
            assertThatThrownBy(() -> trial.run(new Told(""), code))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("gone.tidescope-parser")
                    .hasMessageEndingWith(deleted);
        }
        assertThatThrownBy(() -> trial.run(new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("gone.documents, gone.file-changes")
                .hasMessageContaining("made since")
                .hasMessageEndingWith(deleted);
    }

    @Test
    void nothingIsDeletedForABackupThatWasDamagedSinceATryWasRefused() throws Exception {
        Trial trial = trial("since.");
        String code = trial.look().code();
        SortedMap<String, String> before = Trial.topics(trial.deployment());
        assertThatThrownBy(() -> trial.run(new Told("3 clear begins"), code));
        String segment = trial.damage();

        assertThatThrownBy(() -> trial.run(new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(segment)
                .hasMessageContaining("no topic was deleted");
        assertThat(Trial.topics(trial.deployment())).isEqualTo(before);
    }

    @Test
    void thatNothingIsThereAnyMoreIsSaidWhenTheBackupIsDamagedThen() throws Exception {
        Trial trial = trial("damaged.");
        String code = trial.look().code();
        assertThatThrownBy(() -> trial.run(new Told("3 clear done"), code));
        String segment = trial.damage();

        assertThatThrownBy(() -> trial.run(new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(segment)
                .hasMessageEndingWith("what was there when it was agreed to is deleted.");
    }

    private static boolean isWorkedOn(Trial trial) {
        try {
            return !trial.look().atWork().isEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A deployment of its own with a backup of all there is of it. */
    private Trial trial(String prefix) {
        GitRepository shop = GitRepository.create(directory.resolve("shop"));
        shop.write("Basket.java", "class Basket {}\n").commit("first");
        TestDeployment deployment = TestDeployment.published(broker, prefix, "acme/shop", shop);
        return new Trial(objects, deployment, deployment.backUp(new Archive(objects)));
    }
}
