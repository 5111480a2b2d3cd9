package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Every query and every answer travels whole, whatever is in it: random ones of each kind there is.
 * {@code -Dseed=} repeats one run.
 */
class WirePropertyTest {
    private static final int RUNS = 100;

    private final Wire wire = new Wire(() -> 0);

    static Stream<Class<?>> queries() {
        return Arrays.stream(StoreQuery.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queriesTravelWhole(Class<?> type) {
        long seed = seed();
        RandomValues values = new RandomValues(new Random(seed));
        for (int run = 0; run < RUNS; run++) {
            Request sent =
                    new Request(
                            (StoreQuery<?>) values.of(type),
                            Map.of(run, bound(values), RUNS, bound(values)),
                            run % 2 == 0 ? null : "00-of-a-span-01");
            Request received = wire.readRequest(bytes(sent));

            assertSame(received, sent, seed);
            if (sent.query() instanceof SearchStructure search) {
                Search read = ((SearchStructure) received.query()).search();
                assertSame(read.rule(), search.search().rule(), seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersTravelWhole(Class<?> type) {
        long seed = seed();
        RandomValues values = new RandomValues(new Random(seed));
        for (int run = 0; run < RUNS; run++) {
            roundTrip((StoreQuery<?>) values.of(type), answerType(type), values, seed);
        }
    }

    @Test
    void marksAllFieldsOfAMarkerAndAProblem() {
        assertThat(WireValues.Marker.class.getRecordComponents())
                .hasSameSizeAs(RevisionMarker.getClassSchema().getFields());
        assertThat(WireValues.Problem.class.getRecordComponents())
                .hasSameSizeAs(ParseProblem.getClassSchema().getFields());
    }

    @SuppressWarnings("unchecked")
    private <R> void roundTrip(
            StoreQuery<R> query, Type answerType, RandomValues values, long seed) {
        Map<Integer, PartitionReply<R>> sent = new HashMap<>();
        sent.put(0, new PartitionReply.Answered<>((R) values.of(answerType), standing(values)));
        sent.put(1, new PartitionReply.Unchanged<>(standing(values)));
        sent.put(
                2, new PartitionReply.Refused<>(refusal(values), (String) values.of(String.class)));
        assertSame(wire.readReplies(query, bytes(query, sent)), sent, seed);
    }

    /** What has no equality of its own is compared by what is written of it. */
    private static void assertSame(Object received, Object sent, long seed) {
        assertThat(received)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .withEqualsForType(
                        (one, other) -> one.globs().equals(other.globs()), PathGlobs.class)
                .withEqualsForType(
                        (one, other) -> one.toString().equals(other.toString()), RegexMatch.class)
                .withEqualsForType(
                        (one, other) ->
                                Arrays.equals(one.toBytes(), other.toBytes())
                                        && Arrays.equals(one.sourceBytes(), other.sourceBytes()),
                        SyntaxTree.class)
                .ignoringFieldsOfTypes(Search.class)
                .isEqualTo(sent);
    }

    private static PartitionBound bound(RandomValues values) {
        return (PartitionBound) values.of(PartitionBound.class);
    }

    private static Standing standing(RandomValues values) {
        return (Standing) values.of(Standing.class);
    }

    private static PartitionReply.Refusal refusal(RandomValues values) {
        return (PartitionReply.Refusal) values.of(PartitionReply.Refusal.class);
    }

    /** What a query says that it asks for. */
    private static Type answerType(Class<?> query) {
        return ((ParameterizedType) query.getGenericInterfaces()[0]).getActualTypeArguments()[0];
    }

    private byte[] bytes(Request request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wire.write(request, out);
        return out.toByteArray();
    }

    private <R> byte[] bytes(StoreQuery<R> query, Map<Integer, PartitionReply<R>> answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wire.write(query, answers, out);
        return out.toByteArray();
    }

    private static long seed() {
        return Long.getLong("seed", System.nanoTime());
    }
}
