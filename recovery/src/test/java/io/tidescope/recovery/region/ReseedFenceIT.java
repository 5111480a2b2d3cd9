package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.restore.IdlePublisher;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A region that publishes no more is emptied; both are on one broker, by their prefixes. */
@Timeout(60)
class ReseedFenceIT {
    /** Nobody asks it: where the log is gone there is nothing to be compared. */
    private static final URI REGISTRY = URI.create("http://127.0.0.1:1");

    private final List<String> said = new ArrayList<>();

    @Test
    void aPublisherThatWasOpenedBeforeCommitsNothingAfterwards() throws Exception {
        RegionWitness witness = new RegionWitness(new MemoryObjects(InstantSource.system()));
        assertThat(witness.begin(RegionEpoch.first("west", 1, Instant.EPOCH, "a test"))).isTrue();
        try (TestBroker broker = TestBroker.start()) {
            TestDeployment east = new TestDeployment(broker, "east.");
            TestDeployment west = new TestDeployment(broker, "west.").withTopics();
            try (IdlePublisher idle = new IdlePublisher(east.kafka(), "acme/shop");
                    IdlePublisher others = new IdlePublisher(west.kafka(), "acme/shop")) {
                try (Admin admin = Admin.create(east.kafka().clientProperties())) {
                    new TopicAdmin(admin)
                            .ensure(east.topics().derived(), Replication.BROKERS_DEFAULT);
                }

                assertThat(reseed(witness, east, west).run(Set.of())).as(said.toString()).isTrue();

                assertThat(idle.commits()).isFalse();
                assertThat(others.commits()).isTrue();
            }
        }
    }

    private Reseed reseed(RegionWitness witness, TestDeployment east, TestDeployment west) {
        return new Reseed(
                witness,
                new RegionCluster("east", east.kafka(), east.topics(), REGISTRY),
                new RegionCluster("west", west.kafka(), west.topics(), REGISTRY),
                said::add);
    }
}
