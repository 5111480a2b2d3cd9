package io.tidescope.recovery.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.recovery.object.MemoryObjects;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;

class EmergenciesTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
    private final Emergencies emergencies = new Emergencies(objects);

    @Test
    void whatCannotBeReadIsPassedOver() {
        Intent readable = intent("acme.", 1);
        Journal journal = begun(readable, Step.STOP, NOON);
        begun(intent("acme.", 2), Step.STOP, NOON);
        overwrite(code(intent("acme.", 2)) + "/intent", "other bytes");
        String later = "{\"version\":2,\"intent\":null,\"more\":1}";
        overwrite(IntentFormat.code(later.getBytes(UTF_8)) + "/intent", later);
        begun(intent("acme.", 3), Step.CLEAR, NOON);
        overwrite(code(intent("acme.", 3)) + "/3-clear-begun", "no time");
        overwrite("notes/intent", "somebody's");
        overwrite("intent", "somebody's");

        assertThat(emergencies.unfinished(readable))
                .containsExactly(new EmergencyPlan.Unfinished(journal.code(), 1, Step.STOP, NOON));
        assertThat(emergencies.complete()).isZero();
    }

    @Test
    void whatIsCompleteCountsWhateverItsTimeIs() {
        begun(intent("acme.", 1), Step.RESTART, NOON).done(Step.RESTART, NOON);
        begun(intent("other.", 2), Step.RESTART, NOON).done(Step.RESTART, NOON);
        overwrite(code(intent("acme.", 1)) + "/6-restart-done", "no time");

        assertThat(emergencies.complete()).isEqualTo(2);
        assertThat(emergencies.unfinished(intent("acme.", 1))).isEmpty();
    }

    @Test
    void nobodyGoesOnWithOneThatAnotherWasCompleteAfter() {
        begun(intent("acme.", 1), Step.RESTORE, NOON);
        begun(intent("other.", 2), Step.RESTORE, NOON);
        begun(intent("acme.", 3), Step.VALIDATE, NOON.plusSeconds(1))
                .done(Step.RESTART, NOON.plusSeconds(2));
        Journal later = begun(intent("acme.", 4), Step.VALIDATE, NOON.plusSeconds(3));

        assertThat(emergencies.unfinished(intent("acme.", 9)))
                .extracting(EmergencyPlan.Unfinished::code)
                .containsExactly(later.code());
    }

    private Journal begun(Intent intent, Step step, Instant time) {
        Journal journal = new Journal(objects, code(intent));
        journal.begin(intent);
        journal.begun(step, time);
        return journal;
    }

    private void overwrite(String name, String content) {
        objects.delete("emergencies/" + name);
        objects.create("emergencies/" + name, content.getBytes(UTF_8));
    }

    private static String code(Intent intent) {
        return IntentFormat.code(IntentFormat.write(intent));
    }

    private static Intent intent(String prefix, long backup) {
        return new Intent("cluster", prefix, "", backup, "all", new TreeMap<>(), 0);
    }
}
