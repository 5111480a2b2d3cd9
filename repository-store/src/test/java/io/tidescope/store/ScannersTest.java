package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class ScannersTest {
    private final Scanners scanners = new Scanners(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch busy = new CountDownLatch(1);

    @AfterEach
    void close() {
        busy.countDown();
        scanners.close();
    }

    @Test
    void whatTakesLeastTimeGoesFirstAndOthersInTheirOrder() throws Exception {
        keepBusy();
        List<Future<?>> scans = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            scans.add(scan(400, "long" + i));
        }
        scans.add(scan(50, "first matches"));
        scans.add(scan(0, "names"));

        busy.countDown();
        for (Future<?> scan : scans) {
            scan.get();
        }

        assertThat(done).startsWith("names", "first matches", "long0", "long1").hasSize(42);
    }

    @Test
    void nobodyWaitsForAScanThatANodeThatStopsNeverBegins() throws Exception {
        keepBusy();
        Future<?> waiting = scan(0, "never");

        scanners.close();

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void nobodyScansForItself() throws Exception {
        keepBusy();
        List<Future<?>> scans = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            scans.add(scanners.submit(Duration.ZERO, () -> Thread.currentThread().getName()));
        }

        busy.countDown();

        for (Future<?> scan : scans) {
            assertThat(scan.get()).asString().startsWith("store-scan-");
        }
    }

    @Test
    void tooManyThatWaitAreRefusedUntilSomeGiveUp() throws Exception {
        keepBusy();
        List<Future<?>> scans = new ArrayList<>();
        for (int i = 0; i < Scanners.MAX_WAITING; i++) {
            scans.add(scan(0, "waits"));
        }

        assertThatThrownBy(() -> scan(0, "refused"))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        scans.getLast().cancel(false);
        Future<?> taken = scan(0, "taken");
        busy.countDown();
        taken.get();

        assertThat(done).hasSize(Scanners.MAX_WAITING).endsWith("taken");
    }

    @Test
    void nobodyWaitsForOnesThatAreClosed() {
        scanners.close();

        assertThatThrownBy(() -> scan(0, "late")).hasMessageContaining("not running");
    }

    private void keepBusy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> unused =
                scanners.submit(
                        Duration.ZERO,
                        () -> {
                            begun.countDown();
                            busy.await();
                            return null;
                        });
        begun.await();
    }

    private Future<?> scan(long millis, String name) {
        return scanners.submit(Duration.ofMillis(millis), () -> done.add(name));
    }
}
