package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

/** A store goes on with the topic it was built from, and with no other. */
class StoreOriginTest {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final long POSITION = 2;

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());

    @BeforeEach
    void fill() {
        store.store().restored();
        for (String type : new String[] {"A", "B", "C"}) {
            DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", type + ".java");
            byte[] content = ("class " + type + " {}").getBytes(StandardCharsets.UTF_8);
            store.apply(records.put(TestRecords.document(key, content, 1)));
        }
        store.commit();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theSameTopicIsGoneOnWith() {
        end(POSITION + 1);
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
    }

    @Test
    void anotherTopicIsNot() {
        store.topic(now -> new TopicExtent(Uuid.randomUuid(), 0, now.end(), KEPT));
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
        assertThat(StoreContents.read(store.store().database()).documents()).isEmpty();
    }

    @Test
    void whatWasBuiltAgainIsGoneOnWith() {
        store.topic(now -> new TopicExtent(Uuid.randomUuid(), 0, now.end(), KEPT));
        store.reopen();
        fill();
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION + 3);
    }

    @Test
    void aTopicThatEndsBeforeThePositionIsNot() {
        end(POSITION);
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aTopicThatLostItsBeginningIsNot() {
        store.topic(now -> new TopicExtent(now.topic(), 1, now.end(), KEPT));
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aStoreThatWasAwayForLongerThanTombstonesAreKeptIsNot() {
        store.pass(KEPT);
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
        store.pass(Duration.ofMillis(1));
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aQuietTopicThatWasFollowedAllTheTimeIs() {
        store.pass(KEPT);
        store.commit();
        store.pass(KEPT);
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
    }

    @Test
    void openingAStoreWithoutFollowingTheTopicMakesItNoYounger() {
        store.pass(KEPT);
        store.reopen();
        store.commit();
        store.pass(Duration.ofHours(2));
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aStoreThatWasMarkedByAClockThatWasAheadIsNot() {
        store.pass(Duration.ofHours(2));
        store.commit();
        store.pass(Duration.ofHours(-1));
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
        store.pass(Duration.ofMillis(-1));
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aStandbyThatHadCaughtUpIs() {
        store.reopen();
        store.pass(KEPT);
        store.catchUp();
        store.commit();
        store.pass(KEPT);
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
    }

    @Test
    void ofTombstonesThatAreKeptForSecondsTheStoreIsMarkedAsOften() {
        store.topic(now -> new TopicExtent(now.topic(), 0, now.end(), Duration.ofSeconds(16)));
        store.reopen();
        store.store().restored();
        store.commit();
        store.pass(Duration.ofSeconds(10));
        store.commit();
        store.pass(Duration.ofSeconds(10));
        store.reopen();
        assertThat(store.position()).isEqualTo(POSITION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk\n", "junk\n0\njunk\n"})
    void aStoreThatDoesNotSayWhatItWasBuiltFromIsBuiltAgain(String origin) throws IOException {
        store.store().close();
        Files.writeString(store.directory().resolve("ORIGIN"), origin);
        store.store().open(0, store.directory());
        assertThat(store.position()).isEqualTo(-1);
    }

    private void end(long offset) {
        store.topic(now -> new TopicExtent(now.topic(), now.begin(), offset, KEPT));
    }
}
