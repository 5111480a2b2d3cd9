package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterOfAnIndexIT {
    /** Gateways ask stores of their cluster only, and keep shared answers under its name. */
    @Test
    void storesOfAnotherIndexAreOfAnotherCluster() {
        try (TestBroker broker = TestBroker.start()) {
            KafkaConnection first = broker.connection();
            KafkaConnection next = first.withIndex("next");
            Topics topics = new Topics(2);
            ClusterCheck.ensureTopics(first, topics);
            ClusterCheck.ensureTopics(next, topics.withIndex("next"));

            assertThat(ClusterCheck.id(next))
                    .isNotEqualTo(ClusterCheck.id(first))
                    .isEqualTo(ClusterCheck.id(next));
        }
    }
}
