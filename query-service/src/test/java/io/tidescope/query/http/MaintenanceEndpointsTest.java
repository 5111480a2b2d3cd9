package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.store.query.Maintenance.Task;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators begin, and how they see it go, over a real connection. */
@Timeout(60)
class MaintenanceEndpointsTest {
    private final AdminSample admin = new AdminSample();
    private final ApiClient client = admin.sample.client;

    @AfterEach
    void stop() {
        admin.sample.close();
    }

    @Test
    void aReplayIsBegunAndThenToldOf() throws Exception {
        Reply none = client.ask("/admin/replay");
        Reply begun = admin.post("replay", "{\"from\": \"beginning\"}");
        Reply second = admin.post("replay", "{\"from\": \"offset:3\"}");

        assertThat(none.body().toString()).isEqualTo("{\"state\":\"none\",\"done\":0,\"total\":0}");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body().at("/state").asText()).isEqualTo("preparing");
        assertThat(begun.body().at("/from").asText()).isEqualTo("beginning");
        assertThat(begun.body().at("/begun").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(client.ask("/admin/replay").body()).isEqualTo(begun.body());
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.body().at("/detail").asText()).isEqualTo("One goes on.");
    }

    @Test
    void aReplayIsNotBegunWithoutABeginning() throws Exception {
        Reply refused = admin.post("replay", "{}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/parameter").asText()).isEqualTo("from");
        assertThat(client.ask("/admin/replay").body().at("/state").asText()).isEqualTo("none");
    }

    @Test
    void whatIsBegunIsBegunOnEveryReplica() throws Exception {
        JsonNode begun = admin.post("rebuild-index", "{}").body();

        assertThat(admin.nodes.begun).containsExactly(Task.REBUILD);
        assertThat(begun.at("/items/0/node").asText()).isEqualTo("store-1");
        assertThat(begun.at("/items/0/partition").asInt()).isEqualTo(2);
        assertThat(begun.at("/items/0/task").asText()).isEqualTo("rebuild-index");
        assertThat(begun.at("/items/0/phase").asText()).isEqualTo("running");
        assertThat(begun.at("/items/0/ended").isMissingNode()).isTrue();
    }

    @Test
    void howItGoesIsAskedWithoutBeginningAnything() throws Exception {
        admin.post("gc", "{\"partition\": 2}");

        assertThat(
                        client.get(AdminSample.ADMIN + "maintenance")
                                .body()
                                .at("/items/0/task")
                                .asText())
                .isEqualTo("gc");
        assertThat(admin.nodes.begun).containsExactly(Task.COMPACT);
    }

    @Test
    void aReplicaThatIsBeingRestoredIsNamed() throws Exception {
        admin.nodes.refuses = true;

        JsonNode answer = client.ask("/admin/maintenance").body();

        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.at("/missing/0/node").asText()).isEqualTo("store-1");
        assertThat(answer.at("/missing/0/partition").asInt()).isEqualTo(2);
        assertThat(answer.at("/missing/0/reason").asText()).isEqualTo("being restored");
    }

    @Test
    void aPartitionThatNobodyHasIsRefused() throws Exception {
        Reply reply = admin.post("gc", "{\"partition\": 3}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().toString()).contains("partition 3");
        assertThat(admin.nodes.begun).isEmpty();
    }
}
