package io.tidescope.recovery.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class StandingTest {
    private static final Map<String, String> AGREED = Map.of("documents", "1", "log", "2");

    @Test
    void whatIsThereOfWhatWasAgreedToIsNotDeleted() {
        assertThat(describe(AGREED)).isEqualTo("So far no topic was deleted.");
        assertThat(describe(Map.of("documents", "1", "log", "2", "later", "3")))
                .isEqualTo("So far no topic was deleted.");
    }

    @Test
    void aTopicOfTheSameNameThatWasMadeSinceIsAnotherOne() {
        assertThat(describe(Map.of("documents", "3", "log", "2")))
                .isEqualTo("Deleted so far: documents. Still there: log.");
        assertThat(describe(Map.of()))
                .isEqualTo("Deleted so far: documents, log. Still there: none.");
    }

    @Test
    void whatAnotherEmergencyHasBegunToDeleteIsNotWhole() {
        assertThat(describe(AGREED, "0123456789ab"))
                .isEqualTo(
                        "So far no topic was deleted, unless by what was begun before and is not"
                                + " complete: emergency 0123456789ab.");
    }

    private static String describe(Map<String, String> there, String... others) {
        return Standing.describe(new TreeMap<>(AGREED), new TreeMap<>(there), List.of(others));
    }
}
