package io.tidescope.recovery.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.restore.IdlePublisher;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What there is of a deployment on a real broker is deleted. */
@Timeout(60)
class ClearingIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static TestBroker broker;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** Is killed when it is to ask for the deletion of topics. */
    private static final class KilledBeforeTopics extends ForwardingAdmin {
        KilledBeforeTopics(Map<String, Object> properties) {
            super(properties);
        }

        @Override
        public DeleteTopicsResult deleteTopics(
                TopicCollection topics, DeleteTopicsOptions options) {
            throw new IllegalStateException("killed");
        }
    }

    /** Ingest comes back as soon as the topics are deleted, and makes them anew. */
    private static final class MadeAnew extends ForwardingAdmin {
        private final TestDeployment deployment;

        MadeAnew(TestDeployment deployment) {
            super(deployment.kafka().clientProperties());
            this.deployment = deployment;
        }

        @Override
        public DeleteTopicsResult deleteTopics(
                TopicCollection topics, DeleteTopicsOptions options) {
            DeleteTopicsResult deleted = super.deleteTopics(topics, options);
            Eventually.until(LIMIT, "they are gone", () -> there(deployment).isEmpty());
            deployment.withTopics();
            return deleted;
        }
    }

    @Test
    void whatIsMadeAnewMeanwhileIsNotWaitedFor() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "anew.").withTopics();
        try (Admin admin = new MadeAnew(deployment)) {
            assertThatThrownBy(() -> clear(deployment, admin))
                    .hasMessageStartingWith("anew.documents, anew.file-changes")
                    .hasMessageContaining("made since");
        }
        assertThat(Trial.topics(deployment)).hasSize(4);
    }

    @Test
    void whatAMirrorKnowsOfTheLogGoesWithIt() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "mirrored.").withTopics();
        Namespace names = deployment.kafka().names();
        String offsets = names.mirror() + "offsets.east-1.internal";
        String others = "beside." + offsets;
        try (Admin admin = admin(deployment)) {
            admin.createTopics(
                            Stream.of(offsets, others, names.schemas())
                                    .map(
                                            name ->
                                                    new NewTopic(
                                                            name, Optional.of(1), Optional.empty()))
                                    .toList())
                    .all()
                    .get();
            clear(deployment, admin);

            Set<String> left = admin.listTopics().names().get();
            assertThat(left).contains(others, names.schemas());
            assertThat(left).filteredOn(name -> name.startsWith("mirrored.")).hasSize(1);
        }
    }

    @Test
    void aPublisherThatWasOpenedBeforeCommitsNothingAfterwards() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "idle.").withTopics();
        TestDeployment beside = new TestDeployment(broker, "beside.idle.").withTopics();
        try (Admin admin = admin(deployment);
                IdlePublisher idle = new IdlePublisher(deployment.kafka(), "acme/shop");
                IdlePublisher others = new IdlePublisher(beside.kafka(), "acme/shop")) {
            clear(deployment, admin);
            deployment.withTopics();

            assertThat(idle.commits()).isFalse();
            assertThat(others.commits()).isTrue();
        }
    }

    @Test
    void aHalfRestoreKeepsRolesAwayUntilItIsGone() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "half.").withTopics();
        Namespace names = deployment.kafka().names();
        try (Admin admin = admin(deployment);
                Admin killed = new KilledBeforeTopics(deployment.kafka().clientProperties())) {
            admin.alterConsumerGroupOffsets(
                            names.restore(),
                            Map.of(
                                    new TopicPartition(names.fileChanges(), 0),
                                    new OffsetAndMetadata(1, "running 1 half")))
                    .all()
                    .get();
            assertThatThrownBy(() -> clear(deployment, killed)).hasMessage("killed");

            assertThatThrownBy(() -> new TopicAdmin(admin).require(deployment.topics()))
                    .hasMessageContaining("is being restored");
            clear(deployment, admin);
            new TopicAdmin(admin).requireRestored(names);
        }
    }

    @Test
    void nothingIsDeletedWhileNodesOfAMirrorAgreeOnWhoDoesWhat() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "agreeing.").withTopics();
        String group = deployment.kafka().names().mirror() + "east-1";
        KafkaConsumer<byte[], byte[]> first = member(deployment, group);
        KafkaConsumer<byte[], byte[]> second = member(deployment, group);
        // Neither waits for the other one to let it go.
        try (Admin admin = admin(deployment);
                AutoCloseable _ = () -> first.close(CloseOptions.timeout(Duration.ZERO));
                AutoCloseable _ = () -> second.close(CloseOptions.timeout(Duration.ZERO))) {
            Eventually.until(
                    LIMIT,
                    "the first is a member",
                    () -> {
                        first.poll(Duration.ofMillis(50));
                        return first.groupMetadata().generationId() > 0;
                    });
            // The first is not polled any more, so they do not come to an end.
            Eventually.until(
                    LIMIT,
                    "the second asks to be one",
                    () -> {
                        second.poll(Duration.ofMillis(50));
                        return state(admin, group) == GroupState.PREPARING_REBALANCE;
                    });

            assertThatThrownBy(() -> clear(deployment, admin)).hasMessageContaining(group);
            assertThat(Trial.topics(deployment)).hasSize(4);
        }
    }

    private static KafkaConsumer<byte[], byte[]> member(TestDeployment deployment, String group) {
        Map<String, Object> properties = deployment.kafka().clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(Pattern.compile("(?!)"));
        return member;
    }

    private static GroupState state(Admin admin, String group) {
        try {
            return admin.listGroups().all().get().stream()
                    .filter(each -> each.groupId().equals(group))
                    .map(GroupListing::groupState)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(GroupState.DEAD);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> there(TestDeployment deployment) {
        try {
            return Trial.topics(deployment);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin admin(TestDeployment deployment) {
        return Admin.create(deployment.kafka().clientProperties());
    }

    private static void clear(TestDeployment deployment, Admin admin) throws Exception {
        ClusterSurvey survey = new ClusterSurvey(admin, deployment.topics());
        try (Turn turn = Turn.take(admin, deployment.kafka())) {
            new Clearing(admin, survey, turn, deployment.kafka().names()).run(survey.topics());
        }
    }
}
