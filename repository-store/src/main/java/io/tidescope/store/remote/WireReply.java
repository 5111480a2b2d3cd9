package io.tidescope.store.remote;

import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * A {@link PartitionReply} as it travels: a refusal when there is one, else an answer unless {@code
 * unchanged}.
 *
 * @param answer of the type that the query says; null for the document that is not there
 */
record WireReply<A>(
        int partition,
        @Nullable Standing standing,
        boolean unchanged,
        @Nullable Refusal refusal,
        @Nullable String reason,
        @Nullable A answer) {
    static WireReply<?> of(int partition, PartitionReply<?> reply) {
        return switch (reply) {
            case PartitionReply.Answered<?>(Object answer, Standing standing) ->
                    new WireReply<>(
                            partition,
                            standing,
                            false,
                            null,
                            null,
                            answer instanceof Optional<?> found ? found.orElse(null) : answer);
            case PartitionReply.Unchanged<?>(Standing standing) ->
                    new WireReply<>(partition, standing, true, null, null, null);
            case PartitionReply.Refused<?>(Refusal refusal, String reason) ->
                    new WireReply<>(partition, null, false, refusal, reason, null);
        };
    }

    @SuppressWarnings("unchecked") // it was read as the type of the query's answer
    <R> PartitionReply<R> to(StoreQuery<R> query) {
        if (refusal != null) {
            return new PartitionReply.Refused<>(refusal, Objects.requireNonNullElse(reason, ""));
        }
        Standing stood = Objects.requireNonNull(standing, "a reply without a standing");
        if (unchanged) {
            return new PartitionReply.Unchanged<>(stood);
        }
        Object given =
                query instanceof FindDocument
                        ? Optional.ofNullable(answer)
                        : Objects.requireNonNull(answer, "a reply without an answer");
        return new PartitionReply.Answered<>((R) given, stood);
    }
}
