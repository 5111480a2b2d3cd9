package io.tidescope.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.check.Finding.Outcome;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class ChecklistTest {
    private final List<Finding> told = new ArrayList<>();
    private final Checklist checklist = new Checklist(told::add);

    @Test
    void goesOnAfterWhatDoesNotWork() throws Exception {
        assertThat(checklist.check("disk", it -> Finding.failed(it, "full"))).isFalse();
        assertThat(checklist.check("clock", it -> Finding.warning(it, "late"))).isTrue();
        assertThat(checklist.check("port", it -> Finding.ok(it, "free"))).isTrue();

        assertThat(checklist.findings())
                .extracting(Finding::outcome)
                .containsExactly(Outcome.FAILED, Outcome.WARNING, Outcome.OK);
        assertThat(told).isEqualTo(checklist.findings());
    }

    @Test
    void whatIsThrownIsWhatIsWrong() throws Exception {
        checklist.check(
                "kafka",
                it -> {
                    throw new TideScopeException(ErrorCode.UNAVAILABLE, "no broker answers\n");
                });
        checklist.check(
                "directory",
                it -> {
                    throw new IOException("no such device");
                });
        checklist.check(
                "defect",
                it -> {
                    throw new IllegalStateException();
                });

        assertThat(checklist.findings())
                .extracting(Finding::detail)
                .containsExactly(
                        "no broker answers",
                        "IOException: no such device",
                        "IllegalStateException");
    }
}
