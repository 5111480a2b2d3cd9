package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.COMMIT;
import static io.tidescope.query.SampleIndex.REPOSITORY;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.access.Access;
import io.tidescope.query.access.Authentication;
import io.tidescope.query.access.Authenticator;
import io.tidescope.query.access.Caller;
import io.tidescope.query.access.Permission;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers say where a standby answered, and none does for who wants no standby. */
@Timeout(60)
class ConsistencyTest {
    private static final String ONE_DOCUMENT =
            "/document?repository=tide%2Fsample&path=src%2FFoo.java";

    private final ServedSample sample = new ServedSample();

    @BeforeEach
    void letStandbysAnswer() {
        for (int partition = 0; partition < ServedSample.PARTITIONS; partition++) {
            sample.store.stand(partition, new Standing(20 + partition, true, 0));
        }
        sample.store.stand(1, new Standing(7, false, 3));
        sample.store.stand(2, new Standing(8, false, -1));
    }

    @AfterEach
    void stop() {
        sample.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/symbols?q=Foo",
                "/occurrences?name=Foo",
                "/documents?repository=tide%2Fsample",
                "/repositories",
                "/status",
                "/revisions?revision=1111111111111111111111111111111111111111"
            })
    void anAnswerSaysWhereAStandbyAnswered(String question) throws Exception {
        JsonNode answer = sample.client.get(HttpApi.ROOT + question).body();

        assertThat(answer.get("complete").asBoolean()).isTrue();
        assertStale(answer);
    }

    /** It would tell how much is written to what they may not see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/symbols?q=Foo",
                "/documents?repository=tide%2Fsample",
                "/repositories",
                "/status",
                "/revisions?revision=1111111111111111111111111111111111111111"
            })
    void howFarAStandbyIsBehindIsNotForWhoMaySeeSomeRepositories(String question) throws Exception {
        try (ServedSample restricted =
                new ServedSample(Receivers.NONE, ApiLimits.TIMEOUT, Access.of(List.of(ANN)))) {
            restricted.store.stand(1, new Standing(7, false, 3));
            JsonNode stale =
                    ApiClient.of(restricted.api.port(), "ann")
                            .get(HttpApi.ROOT + question)
                            .body()
                            .get("stale");

            assertThat(stale).hasSize(1);
            assertThat(stale.get(0).get("partition").asInt()).isEqualTo(1);
            assertThat(stale.get(0).path("lagRecords").isNumber()).isFalse();
        }
    }

    @Test
    void whyAPartitionIsMissingIsNotForWhoMaySeeSomeRepositories() throws Exception {
        try (ServedSample restricted =
                new ServedSample(Receivers.NONE, ApiLimits.TIMEOUT, Access.of(List.of(ANN)))) {
            restricted.store.lose(1, "store-1 is being restored: record 18233 of 99120");
            JsonNode missing =
                    ApiClient.of(restricted.api.port(), "ann")
                            .get(HttpApi.ROOT + "/symbols?q=Foo")
                            .body()
                            .get("missing");

            assertThat(missing).hasSize(1);
            assertThat(missing.get(0).get("partition").asInt()).isEqualTo(1);
            assertThat(missing.get(0).get("reason").asText())
                    .isNotEmpty()
                    .doesNotContain("store-1", "18233");
        }
    }

    /** May see one repository. */
    private static final Authenticator ANN =
            new Authenticator() {
                @Override
                public boolean judges(String token) {
                    return true;
                }

                @Override
                public Authentication authenticate(String token) {
                    return new Authentication.Granted(
                            new Caller(
                                    token,
                                    Set.of(Permission.READ),
                                    RepositoryGlobs.of("repositories", List.of(REPOSITORY))));
                }
            };

    @Test
    void aStructuralSearchSaysWhereAStandbyAnswered() throws Exception {
        JsonNode answer = search("{\"pattern\": \"x\"}");

        assertThat(answer.get("complete").asBoolean()).isTrue();
        assertStale(answer);
    }

    @Test
    void aDocumentSaysThatItIsAStandbys() throws Exception {
        int partition =
                DocumentPartitioner.partition(REPOSITORY, "src/Foo.java", ServedSample.PARTITIONS);
        sample.store.stand(partition, new Standing(9, false, 4));

        JsonNode stale = sample.client.get(HttpApi.ROOT + ONE_DOCUMENT).body().get("stale");

        assertThat(stale).hasSize(1);
        assertThat(stale.get(0).get("partition").asInt()).isEqualTo(partition);
        assertThat(stale.get(0).get("lagRecords").asInt()).isEqualTo(4);
    }

    @Test
    void noStandbyAnswersForWhoWantsNone() throws Exception {
        JsonNode answer = sample.client.ask("/symbols", "q", "Foo", "consistency", "strong").body();

        assertThat(answer.get("complete").asBoolean()).isFalse();
        assertThat(answer.get("missing")).hasSize(2);
        assertThat(answer.at("/missing/0/reason").asText()).isEqualTo("only a standby");
        assertThat(search("{\"pattern\": \"x\", \"consistency\": \"strong\"}").get("missing"))
                .hasSize(2);
    }

    @Test
    void aDocumentThatOnlyAStandbyHasIsUnavailableForWhoWantsNone() throws Exception {
        int partition =
                DocumentPartitioner.partition(REPOSITORY, "src/Foo.java", ServedSample.PARTITIONS);
        sample.store.stand(partition, new Standing(9, false, 4));

        Reply reply = sample.client.get(HttpApi.ROOT + ONE_DOCUMENT + "&consistency=strong");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body().get("detail").asText()).contains("only a standby");
    }

    @Test
    void wherePartitionsWereSeenToHoldARevisionTheyAreAskedToBeAtLeast() throws Exception {
        Reply reply =
                sample.client.ask(
                        "/symbols", "q", "Foo", "min_revision", COMMIT, "consistency", "strong");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(sample.store.bounds())
                .containsExactly(
                        new ReadBound(Consistency.STRONG, Map.of(0, 20L, 1, 7L, 2, 8L, 3, 23L)));
    }

    @Test
    void aCursorHoldsWhoeverMayAnswer() throws Exception {
        String cursor =
                sample.client
                        .ask("/symbols", "q", "o", "match", "substring", "limit", "1")
                        .body()
                        .get("nextCursor")
                        .asText();

        Reply next =
                sample.client.ask(
                        "/symbols",
                        "q",
                        "o",
                        "match",
                        "substring",
                        "limit",
                        "1",
                        "cursor",
                        cursor,
                        "consistency",
                        "strong");

        assertThat(next.status()).isEqualTo(200);
    }

    private static void assertStale(JsonNode answer) {
        assertThat(answer.get("stale")).hasSize(2);
        assertThat(answer.at("/stale/0/partition").asInt()).isEqualTo(1);
        assertThat(answer.at("/stale/0/lagRecords").asInt()).isEqualTo(3);
        assertThat(answer.at("/stale/1/partition").asInt()).isEqualTo(2);
        assertThat(answer.at("/stale/1/lagRecords").isNull()).isTrue();
    }

    private JsonNode search(String question) throws Exception {
        return sample.client
                .post(
                        HttpApi.ROOT + "/search/structural",
                        question.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json")
                .body();
    }
}
