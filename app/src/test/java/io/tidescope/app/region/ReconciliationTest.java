package io.tidescope.app.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;

@Timeout(60)
final class ReconciliationTest {
    private static final RefKey SHOP = new RefKey("acme/shop", "refs/heads/main");
    private static final RefKey TILL = new RefKey("acme/till", "refs/heads/main");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final PublishProgress TORN =
            new PublishProgress(null, ByteBuffer.allocate(0), 0, 0, true);

    @Test
    void itLooksUntilTheLastIsPublished() throws Exception {
        Queue<Map<RefKey, RefState>> looks =
                new ArrayDeque<>(
                        List.of(
                                Map.of(SHOP, state(SHOP, TORN)),
                                Map.of(SHOP, state(SHOP, TORN), TILL, state(TILL, null)),
                                Map.of(SHOP, state(SHOP, null), TILL, state(TILL, null))));

        assertThat(Reconciliation.await(looks::remove, List.of(SHOP, TILL), LONG)).isEmpty();
        assertThat(looks).isEmpty();
    }

    /** Such as by what is pushed next: that is not what was waited for. */
    @Test
    void whatWasSeenPublishedIsNotLookedAtAgain() throws Exception {
        Queue<Map<RefKey, RefState>> looks =
                new ArrayDeque<>(
                        List.of(
                                Map.of(SHOP, state(SHOP, null)),
                                Map.of(SHOP, state(SHOP, TORN), TILL, state(TILL, null))));

        assertThat(Reconciliation.await(looks::remove, List.of(SHOP, TILL), LONG)).isEmpty();
    }

    @Test
    void whatIsNotPublishedByTheLimitIsOpen() throws Exception {
        Map<RefKey, RefState> states = Map.of(SHOP, state(SHOP, TORN));

        assertThat(Reconciliation.await(() -> states, List.of(SHOP, TILL), Duration.ofMillis(1)))
                .containsExactly(SHOP, TILL);
    }

    /** What publishers wrote down of a ref. */
    static RefState state(RefKey ref, @Nullable PublishProgress progress) {
        return RefState.newBuilder()
                .setRepository(ref.repository())
                .setRef(ref.ref())
                .setDefaultRef(true)
                .setLocation("/somewhere")
                .setSequence(1)
                .setProgress(progress)
                .setUpdatedAtMillis(Instant.EPOCH)
                .build();
    }
}
