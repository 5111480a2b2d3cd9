package io.tidescope.recovery.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** What every store of objects must do. */
abstract class ObjectStoreContract {
    /** An empty store, the same one throughout a test. */
    abstract ObjectStore store();

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(TideScopeException.class))
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private void createAll(String... names) {
        for (String name : names) {
            assertThat(store().create(name, bytes(name))).isTrue();
        }
    }

    private List<String> names(String prefix) {
        return store().list(prefix).stream().map(StoredObject::name).toList();
    }

    @Test
    void an_object_is_found_as_it_was_created() {
        assertThat(store().create("archive/1/segment.zst", bytes("content"))).isTrue();
        assertThat(store().find("archive/1/segment.zst")).hasValue(bytes("content"));
    }

    @Test
    void an_object_of_this_name_stays_as_it_is() {
        assertThat(store().create("a", bytes("first"))).isTrue();
        assertThat(store().create("a", bytes("second"))).isFalse();
        assertThat(store().create("a", bytes("first"))).isFalse();
        assertThat(store().find("a")).hasValue(bytes("first"));
    }

    @Test
    void what_is_not_there_is_absent() {
        createAll("there/it/is");
        for (String name : List.of("not", "there/not", "there/it", "there/it/is/not")) {
            assertThat(store().find(name)).as(name).isEmpty();
            assertThat(store().findBeginning(name, 3)).as(name).isEmpty();
        }
    }

    @Test
    void an_object_may_have_no_bytes() {
        assertThat(store().create("empty", new byte[0])).isTrue();
        assertThat(store().find("empty")).hasValue(new byte[0]);
        assertThat(store().findBeginning("empty", 4)).hasValue(new byte[0]);
        assertThat(store().list("")).singleElement().returns(0L, StoredObject::size);
    }

    @Test
    void the_beginning_is_as_long_as_asked_at_most() {
        store().create("a", bytes("0123456789"));
        assertThat(store().findBeginning("a", 1)).hasValue(bytes("0"));
        assertThat(store().findBeginning("a", 4)).hasValue(bytes("0123"));
        assertThat(store().findBeginning("a", 10)).hasValue(bytes("0123456789"));
        assertThat(store().findBeginning("a", 1000)).hasValue(bytes("0123456789"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_beginning_has_a_byte_or_more(int limit) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().findBeginning("a", limit));
    }

    @Test
    void objects_are_listed_in_the_order_of_their_names() {
        createAll("b", "a.b", "a/2", "a-b", "a/10", "A", "a=1", "a_b", "a/1/x", "0");
        assertThat(names(""))
                .containsExactly("0", "A", "a-b", "a.b", "a/1/x", "a/10", "a/2", "a=1", "a_b", "b");
    }

    @Test
    void a_prefix_is_the_beginning_of_a_name_and_not_a_directory() {
        createAll("logs/1/a", "logs/10/a", "logs/2/a", "logs-old/1", "log");
        assertThat(names("logs/1")).containsExactly("logs/1/a", "logs/10/a");
        assertThat(names("logs/1/")).containsExactly("logs/1/a");
        assertThat(names("log"))
                .containsExactly("log", "logs-old/1", "logs/1/a", "logs/10/a", "logs/2/a");
        assertThat(names("logs/1/a")).containsExactly("logs/1/a");
        assertThat(names("logs/1/a/")).isEmpty();
        assertThat(names("nothing/here/")).isEmpty();
    }

    @Test
    void a_listing_tells_sizes_and_when_objects_were_written() {
        Instant before = Instant.now();
        store().create("a", bytes("12345"));
        StoredObject listed = store().list("a").getFirst();
        assertThat(listed.size()).isEqualTo(5);
        // Some stores tell seconds, and the clock of a file system is a coarse one.
        assertThat(listed.written())
                .isBetween(before.minus(Duration.ofSeconds(2)), before.plus(Duration.ofMinutes(1)));
    }

    @Test
    void an_object_that_was_deleted_is_gone_and_can_be_created() {
        createAll("a/1", "a/2");
        store().delete("a/1");
        assertThat(store().find("a/1")).isEmpty();
        assertThat(names("")).containsExactly("a/2");
        assertThat(store().create("a/1", bytes("again"))).isTrue();
        assertThat(store().find("a/1")).hasValue(bytes("again"));
    }

    @Test
    void deleting_what_is_not_there_does_nothing() {
        createAll("a/1");
        for (String name : List.of("a", "b", "a/2", "a/1/x")) {
            store().delete(name);
        }
        assertThat(names("")).containsExactly("a/1");
    }

    @Test
    void more_objects_are_listed_than_a_page_of_s3_has() {
        List<String> names = IntStream.range(0, 1_050).mapToObj("many/%05d"::formatted).toList();
        createAll(names.toArray(String[]::new));
        assertThat(names("many/")).containsExactlyElementsOf(names);
    }

    @Test
    void a_large_object_is_not_changed_and_not_replaced() {
        byte[] large = new byte[20 << 20];
        new Random(7).nextBytes(large);
        assertThat(store().create("large", large)).isTrue();
        assertThat(store().find("large").orElseThrow()).isEqualTo(large);
        byte[] other = large.clone();
        other[other.length - 1]++;
        assertThat(store().create("large", other)).isFalse();
        assertThat(store().find("large").orElseThrow()).isEqualTo(large);
        assertThat(store().findBeginning("large", 8).orElseThrow()).hasSize(8);
    }

    @Test
    void of_writers_that_race_for_a_name_one_wins() throws Exception {
        int writers = 4;
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (int round = 0; round < 25; round++) {
                String name = "race/" + round;
                CyclicBarrier start = new CyclicBarrier(writers);
                List<Future<Boolean>> attempts = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    byte[] content = bytes("writer " + writer);
                    attempts.add(
                            pool.submit(
                                    () -> {
                                        start.await();
                                        return store().create(name, content);
                                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    if (attempts.get(writer).get()) {
                        winners.add(writer);
                    }
                }
                assertThat(winners).as(name).hasSize(1);
                assertThat(store().find(name)).hasValue(bytes("writer " + winners.getFirst()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/../b",
                "../a",
                "a/.",
                "a b",
                "a\\b",
                "ä",
                "a\n",
                "a\0",
                "a~",
                "a:b",
                "C:/a",
                "*",
                "a?b",
                "%2e%2e/a"
            })
    void names_that_are_none_are_refused(String name) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().create(name, bytes("x")));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().find(name));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().findBeginning(name, 1));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().delete(name));
        assertThat(store().list("")).isEmpty();
    }

    @Test
    void names_that_are_too_long_are_refused() {
        String part = "p".repeat(ObjectNames.MAX_PART_LENGTH);
        createAll(part + "/" + part);
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().create(part + "p", bytes("x")));
        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                () -> store().create((part + "/").repeat(2) + part, bytes("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "../", "a/../", "a//", "a b", "~"})
    void prefixes_that_no_name_has_are_refused(String prefix) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store().list(prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".hidden", "...", "a..b/c", "x=1/y-2/z_3.zst", "-", "=", "_"})
    void other_names_are_taken(String name) {
        createAll(name);
        assertThat(names("")).containsExactly(name);
        assertThat(store().find(name)).hasValue(bytes(name));
    }
}
