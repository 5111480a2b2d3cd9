package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.ScratchDirectory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@Timeout(60)
class DefinedNamesTest {
    private static final byte[] REF =
            Keys.ref("shop\0main\0A.java".getBytes(StandardCharsets.UTF_8));

    private final ScratchDirectory scratch = ScratchDirectory.create("tidescope-names");
    private final NativeMemory memory = new NativeMemory(32 << 20);
    private final Database database = Database.open(scratch.path(), memory);

    @AfterEach
    void close() {
        database.close();
        memory.close();
        scratch.close();
    }

    @Test
    void namesAreHadThatWereThereBeforeItWasAskedAndThatCameLater() {
        define("before");
        assertThat(database.mayDefine("before")).isTrue();
        assertThat(database.mayDefine("after")).isFalse();

        define("after");

        assertThat(database.mayDefine("after")).isTrue();
        assertThat(database.mayDefine("aft")).isFalse();
    }

    @Test
    void fewOtherNamesAreTakenForOneOfMany() {
        define(names("one", 10_000));
        database.mayDefine("one0");
        define(names("other", 8_000));

        assertThat(names("one", 10_000)).allMatch(database::mayDefine);
        assertThat(names("other", 8_000)).allMatch(database::mayDefine);
        assertThat(IntStream.range(0, 10_000).filter(i -> database.mayDefine("none" + i)).count())
                .isLessThan(200);
    }

    @Test
    void itIsMadeAnewWhenMoreNamesCameThanItHasRoomFor() {
        assertThat(database.mayDefine("a0")).isFalse();
        define(names("a", 50_000));

        assertThat(names("a", 50_000)).allMatch(database::mayDefine);
        assertThat(IntStream.range(0, 10_000).filter(i -> database.mayDefine("none" + i)).count())
                .isLessThan(200);
    }

    @Test
    void aNameThatIsWrittenWhileItIsMadeIsHad() {
        DefinedNames names = new DefinedNames();
        AtomicInteger opened = new AtomicInteger();

        names.mayHave(
                utf8("x"),
                () -> {
                    opened.incrementAndGet();
                    var before = database.scan(Family.DEFINITIONS, new ReadOptions());
                    names.writing(List.of(PostingKey.of(utf8("meanwhile"), REF, 0)), () -> {});
                    return before;
                });

        assertThat(names.mayHave(utf8("meanwhile"), this::notAgain)).isTrue();
        assertThat(names.mayHave(utf8("x"), this::notAgain)).isFalse();
        assertThat(opened).hasValue(1);
    }

    private RocksIterator notAgain() {
        throw new AssertionError("it was made before");
    }

    private void define(String... names) {
        define(List.of(names));
    }

    private void define(List<String> names) {
        Changes changes = new Changes();
        for (String name : names) {
            changes.put(Family.DEFINITIONS, PostingKey.of(utf8(name), REF, 0), new byte[] {1});
        }
        database.write(changes);
    }

    private static List<String> names(String beginning, int count) {
        return IntStream.range(0, count).mapToObj(i -> beginning + i).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
