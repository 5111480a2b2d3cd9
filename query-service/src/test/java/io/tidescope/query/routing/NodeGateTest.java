package io.tidescope.query.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreQuery;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class NodeGateTest {
    @Test
    void whatCannotBeSentTakesNoPlace() {
        NodeGate gate = new NodeGate(new Broken(), FakeCluster.SETTINGS);
        ReadStatistics query = new ReadStatistics(Deadline.in(Duration.ofSeconds(30)));
        int places = FakeCluster.SETTINGS.maxAsks() + FakeCluster.SETTINGS.maxWaiting();

        for (int i = 0; i <= places; i++) {
            assertThat(gate.enter()).as("question %d", i).isTrue();
            assertThatThrownBy(() -> gate.begin(query, Map.of())).hasMessage("too long a question");
        }
    }

    /** Nothing can be sent to it. */
    private static final class Broken implements NodeClient {
        @Override
        public NodeStatus status(Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public NodeInspection inspect(Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> Map<Integer, PartitionReply<R>> ask(
                StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> Pending<R> begin(StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
            throw new IllegalStateException("too long a question");
        }
    }
}
