package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** {@link TopicAdmin} with a broker; in this module, for test-support depends on the other. */
class TopicAdminIT {
    private static final short ONE = 1;

    private final TestBroker broker = TestBroker.start();
    private final Admin admin = Admin.create(broker.connection().clientProperties());
    private final TopicAdmin topics = new TopicAdmin(admin);

    @AfterEach
    void close() {
        admin.close();
        broker.close();
    }

    @Test
    void missingTopicsAreCreatedAndFitWhenAskedAgain() throws Exception {
        topics.ensure(new Topics(3));
        topics.ensure(new Topics(3));

        assertThat(admin.describeTopics(List.of("documents", "repositories")).allTopicNames().get())
                .hasEntrySatisfying("documents", topic -> assertThat(topic.partitions()).hasSize(3))
                .hasEntrySatisfying(
                        "repositories", topic -> assertThat(topic.partitions()).hasSize(1));
    }

    @Test
    void theLogIsKeptForeverAndDocumentsAreCompactedAfterTheirHistory() throws Exception {
        topics.ensure(new Topics(1));

        assertThat(settings("file-changes"))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1")
                .containsEntry("compression.type", "zstd");
        String history = Long.toString(Topics.DEFAULT_HISTORY.toMillis());
        assertThat(settings("documents"))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", history)
                .containsEntry("delete.retention.ms", history)
                .containsEntry("compression.type", "zstd");
        assertThat(settings("repositories")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("parse-failures")).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void allMismatchesAreToldAtOnceAndNothingIsCreated() throws Exception {
        admin.createTopics(
                        List.of(
                                new NewTopic("documents", 2, ONE),
                                new NewTopic("repositories", 1, ONE)
                                        .configs(Map.of("cleanup.policy", "delete"))))
                .all()
                .get();

        assertThatThrownBy(() -> topics.ensure(new Topics(3)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("topic documents has 2 partitions, expected 3")
                .hasMessageContaining("topic documents has cleanup.policy delete, expected compact")
                .hasMessageContaining("topic documents has compression.type producer")
                .hasMessageContaining(
                        "--entity-name repositories --add-config cleanup.policy=compact");
        assertThat(names()).doesNotContain("file-changes");
    }

    @Test
    void moreReplicasThanBrokersAreRefusedByName() throws Exception {
        Topics threefold = new Topics(Namespace.NONE, 1, new Replication(3, 2));

        assertThatThrownBy(() -> topics.ensure(threefold))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                            assertThat(e.parameter()).isEqualTo("replication");
                        })
                .hasMessageContaining("a replication of 3")
                .hasMessageContaining(broker.connection().bootstrapServers());
        assertThat(names()).isEmpty();
    }

    @Test
    void everyTopicOfADeploymentBeginsWithItsPrefix() throws Exception {
        topics.ensure(new Topics(new Namespace("acme."), 2, Replication.BROKERS_DEFAULT));

        assertThat(names()).hasSize(4).allMatch(name -> name.startsWith("acme."));
    }

    @Test
    void missingTopicsAreNamedWithWhatCreatesThemWhenTheyAreRequired() throws Exception {
        admin.createTopics(List.of(new NewTopic("documents", 2, ONE))).all().get();

        assertThatThrownBy(() -> topics.require(new Topics(3)))
                .hasMessageContaining(
                        "topic file-changes is missing; start the ingest role, which creates it, or"
                                + " run: tidescope topics create --config FILE")
                .hasMessageContaining("topic documents has 2 partitions, expected 3");
        assertThat(names()).containsExactly("documents");
    }

    @Test
    void aReplicationOtherThanConfiguredIsNamedWithItsTopic() {
        topics.ensure(new Topics(1));

        Topics safer = new Topics(Namespace.NONE, 1, new Replication(3, 2));
        assertThatThrownBy(() -> topics.require(safer))
                .hasMessageContaining(
                        "topic documents has a replication of 1, expected 3; set the replication to"
                                + " 1")
                .hasMessageContaining(
                        "topic documents has min.insync.replicas 1, expected 2; run:"
                                + " kafka-configs.sh");
    }

    private Map<String, String> settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                .map(Config::entries)
                .flatMap(Collection::stream)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private List<String> names() throws ExecutionException, InterruptedException {
        return List.copyOf(admin.listTopics().names().get());
    }
}
