package io.tidescope.store;

import static io.tidescope.store.StoreNodeRig.PARTITIONS;
import static io.tidescope.store.StoreNodeRig.all;
import static io.tidescope.store.StoreNodeRig.await;
import static io.tidescope.store.StoreNodeRig.awaitRevision;
import static io.tidescope.store.StoreNodeRig.createTopic;
import static io.tidescope.store.StoreNodeRig.names;
import static io.tidescope.store.StoreNodeRig.namesIn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.Namespace;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** A store whose topic is another one, or lost something, is built again. */
@Timeout(180)
class StoreOfLostTopicIT {
    private StoreNodeRig rig;

    @BeforeEach
    void startBroker() throws Exception {
        rig = new StoreNodeRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aTopicThatWasCreatedAgainIsNotAnsweredFromTheOneBefore() throws Exception {
        try (StoreNode node = rig.started()) {
            rig.publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        try (Admin admin = rig.admin()) {
            admin.deleteTopics(List.of(Namespace.NONE.documents())).all().get();
            await(() -> !topics(admin).contains(Namespace.NONE.documents()));
            createTopic(admin);
        }
        rig.publish(100, 200, 2);
        try (StoreNode node = rig.started()) {
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(100, 200));
        }
    }

    @Test
    void whatATopicLostIsNotAnsweredAnyMore() throws Exception {
        try (StoreNode node = rig.started()) {
            rig.publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        try (Admin admin = rig.admin()) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.put(
                        new TopicPartition(Namespace.NONE.documents(), partition),
                        RecordsToDelete.beforeOffset(-1));
            }
            // What is only compacted cannot be truncated: somebody has to want it.
            cleanUpBy("delete", admin);
            admin.deleteRecords(all).all().get();
            cleanUpBy("compact", admin);
        }
        rig.publish(100, 110, 2);
        try (StoreNode node = rig.started()) {
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(100, 110));
        }
    }

    private static void cleanUpBy(String policy, Admin admin) throws Exception {
        admin.incrementalAlterConfigs(
                        Map.of(
                                new ConfigResource(
                                        ConfigResource.Type.TOPIC, Namespace.NONE.documents()),
                                List.of(
                                        new AlterConfigOp(
                                                new ConfigEntry("cleanup.policy", policy),
                                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static Set<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
