package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;

class HousekeepingTest {
    private final Housekeeping housekeeping =
            new Housekeeping(0, Runnable::run, InstantSource.system());

    @Test
    void nothingIsBegunOnceTheStoreIsBeingClosed() {
        housekeeping.stop();

        housekeeping.begin(
                Task.COMPACT,
                errand(
                        () -> {
                            throw new AssertionError("it was begun");
                        }),
                () -> 0);

        assertThat(housekeeping.now().phase()).isEqualTo(Phase.NONE);
    }

    @Test
    void whatDiesHasFailedAndIsOver() {
        assertThatThrownBy(
                        () ->
                                housekeeping.begin(
                                        Task.REBUILD,
                                        errand(
                                                () -> {
                                                    throw new OutOfMemoryError("on purpose");
                                                }),
                                        () -> 7))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(housekeeping.now().phase()).isEqualTo(Phase.FAILED);
        assertThat(housekeeping.now().failure()).isNotEmpty();
        housekeeping.stop();
    }

    @Test
    void aSizeThatCannotBeReadKeepsNobodyFromClosing() {
        int[] asked = {0};
        housekeeping.begin(
                Task.COMPACT,
                errand(() -> {}),
                () -> {
                    if (asked[0]++ > 0) {
                        throw new IllegalStateException("no size");
                    }
                    return 7;
                });

        assertThat(housekeeping.now().phase()).isEqualTo(Phase.FAILED);
        assertThat(housekeeping.now().failure()).isEqualTo("no size");
        housekeeping.stop();
    }

    private static Errand errand(Runnable what) {
        return new Errand() {
            @Override
            void run() {
                what.run();
            }
        };
    }
}
