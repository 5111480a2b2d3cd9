package io.tidescope.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class ClusterViewTest {
    private static final RoutingSettings SETTINGS = RoutingSettings.DEFAULT;
    private static final long NOW = 77;

    @Test
    void twoLiveNodesOfOneIdAreBothLeftOutAndNamed() {
        ClusterView view =
                view(
                        member("a:1", "one", "first", 8, 0),
                        member("b:1", "one", "second", 8, 0),
                        member("c:1", "two", "third", 8, 0));

        assertThat(view.members()).extracting(Member::address).containsExactly("c:1");
        assertThat(view.replicas(0)).hasSize(1);
        assertThat(view.faults())
                .singleElement()
                .asString()
                .contains("one", "a:1", "b:1", "node id");
    }

    @Test
    void aNodeThatMovedIsTakenWhereItIsNow() {
        ClusterView view =
                view(member("a:1", "one", "first", 8, 2_000), member("b:1", "one", "second", 8, 0));

        assertThat(view.members()).extracting(Member::address).containsExactly("b:1");
        assertThat(view.faults()).isEmpty();
    }

    @Test
    void aNodeThatIsKnownByTwoAddressesIsOneNode() {
        ClusterView view =
                view(
                        member("a:1", "one", "first", 8, 0),
                        member("localhost:1", "one", "first", 8, 5));

        assertThat(view.members()).extracting(Member::address).containsExactly("a:1");
        assertThat(view.replicas(0)).hasSize(1);
        assertThat(view.faults()).isEmpty();
    }

    @Test
    void aNodeThatCountsOtherPartitionsThanMostIsLeftOutAndNamed() {
        ClusterView view =
                view(
                        member("a:1", "one", "1", 8, 0),
                        member("b:1", "two", "2", 12, 0),
                        member("c:1", "three", "3", 8, 0));

        assertThat(view.partitions()).isEqualTo(8);
        assertThat(view.members()).extracting(Member::address).containsExactly("a:1", "c:1");
        assertThat(view.faults()).singleElement().asString().contains("12", "b:1", "topic prefix");
    }

    @Test
    void ofAsManyNodesThoseAreRightThatAgreeWithThePictureBefore() {
        List<Member> members =
                List.of(member("a:1", "one", "1", 8, 0), member("b:1", "two", "2", 12, 0));

        assertThat(ClusterView.of(members, 12, NOW, SETTINGS).partitions()).isEqualTo(12);
        ClusterView undecided = ClusterView.of(members, 0, NOW, SETTINGS);
        assertThat(undecided.partitions()).isZero();
        assertThat(undecided.members()).isEmpty();
        assertThat(undecided.faults()).hasSize(2);
    }

    @Test
    void aNodeThatIsSilentHasNoSayInHowManyPartitionsThereAre() {
        ClusterView view =
                view(
                        member("a:1", "one", "1", 12, 9_000),
                        member("b:1", "two", "2", 12, 9_000),
                        member("c:1", "three", "3", 8, 0));

        assertThat(view.partitions()).isEqualTo(8);
        assertThat(view.faults()).isEmpty();
    }

    @Test
    void howManyPartitionsThereAreIsKnownAlsoWhenNobodyIsLeft() {
        assertThat(ClusterView.of(List.of(), 8, NOW, SETTINGS).partitions()).isEqualTo(8);
    }

    private static ClusterView view(Member... members) {
        return ClusterView.of(List.of(members), 0, NOW, SETTINGS);
    }

    private static Member member(
            String address, String id, String incarnation, int partitions, long silentMillis) {
        long heard = NOW - Duration.ofMillis(silentMillis).toNanos();
        Held held = new Held(0, State.ACTIVE, new Standing(3, true, 0));
        NodeStatus status = new NodeStatus(id, incarnation, partitions, List.of(held), List.of());
        return new Member(address, status, heard, heard, false);
    }
}
