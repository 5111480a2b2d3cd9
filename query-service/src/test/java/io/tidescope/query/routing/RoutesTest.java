package io.tidescope.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is asked for partition 0, given a picture. */
class RoutesTest {
    private static final long NOW = Long.MIN_VALUE + 5;
    private static final ReadBound STRONG = new ReadBound(Consistency.STRONG, Map.of());

    private final Routes routes = new Routes(RoutingSettings.DEFAULT);
    private final List<Member> members = new ArrayList<>();

    @Test
    void theActiveOneComesFirstAndThenTheStandbyThatIsLeastBehind() {
        node("a", State.STANDBY, 5);
        node("b", State.ACTIVE, 9);
        node("c", State.STANDBY, 8);

        assertThat(candidates(ReadBound.AVAILABLE)).containsExactly("b", "c", "a");
    }

    @Test
    void onlyTheActiveOneWillDoWhenThatIsAskedFor() {
        node("a", State.STANDBY, 9);
        node("b", State.ACTIVE, 9);

        assertThat(candidates(STRONG)).containsExactly("b");
    }

    @Test
    void oneThatIsStillRestoringIsNotAsked() {
        node("a", State.RESTORING, 9);

        assertThat(candidates(ReadBound.AVAILABLE)).isEmpty();
        assertThat(missing(Consistency.AVAILABLE)).contains("node a", "restoring");
    }

    @Test
    void aStandbyThatIsHeardOfComesBeforeAnActiveOneThatIsNot() {
        node("a", State.ACTIVE, 9, 2_000, false);
        node("b", State.STANDBY, 3);
        node("c", State.ACTIVE, 9, 0, true);

        assertThat(candidates(ReadBound.AVAILABLE)).containsExactly("b", "c", "a");
    }

    @Test
    void whoeverHasNotBeenHeardOfForLongIsNotAsked() {
        node("a", State.ACTIVE, 9, 6_000, false);

        assertThat(candidates(ReadBound.AVAILABLE)).isEmpty();
        assertThat(missing(Consistency.STRONG)).contains("node a", "6000 ms");
    }

    @Test
    void ofTwoThatClaimToBeActiveTheOneFartherOnIsAsked() {
        node("zombie", State.ACTIVE, 7);
        node("other", State.ACTIVE, 9);

        assertThat(candidates(STRONG)).containsExactly("other", "zombie");
    }

    @Test
    void aStandbyThatIsNotAsFarAsWasSeenElsewhereIsAskedLast() {
        node("a", State.STANDBY, 4);
        node("b", State.ACTIVE, 4, 1_000, false);
        node("c", State.STANDBY, 6);
        ReadBound bound = new ReadBound(Consistency.AVAILABLE, Map.of(0, 5L));

        assertThat(candidates(bound)).containsExactly("c", "a", "b");
    }

    @Test
    void saysThatAStandbyWouldAnswer() {
        node("a", State.STANDBY, 4);

        assertThat(candidates(STRONG)).isEmpty();
        assertThat(missing(Consistency.STRONG)).contains("consistency=available");
    }

    @Test
    void saysThatNobodyHoldsIt() {
        assertThat(missing(Consistency.AVAILABLE)).contains("no node");
    }

    @Test
    void saysWhichNodesContradictEachOther() {
        node("a", State.ACTIVE, 4);
        Member same = members.getFirst();
        members.add(
                new Member(
                        "elsewhere:1",
                        new NodeStatus("a", "other", 1, List.of(), List.of()),
                        same.asOf(),
                        same.heard(),
                        false));

        assertThat(missing(Consistency.AVAILABLE)).contains("a:1", "elsewhere:1", "node id");
    }

    private List<String> candidates(ReadBound bound) {
        return routes.candidates(view(), 0, bound, NOW).stream()
                .map(replica -> replica.member().status().nodeId())
                .toList();
    }

    private String missing(Consistency consistency) {
        return routes.missing(view(), 0, consistency, NOW);
    }

    private ClusterView view() {
        return ClusterView.of(members, 1, NOW, RoutingSettings.DEFAULT);
    }

    private void node(String id, State state, long position) {
        node(id, state, position, 0, false);
    }

    private void node(String id, State state, long position, long silentMillis, boolean failing) {
        long heard = NOW - Duration.ofMillis(silentMillis).toNanos();
        Held held = new Held(0, state, new Standing(position, state == State.ACTIVE, 0));
        members.add(
                new Member(
                        id + ":1",
                        new NodeStatus(id, id + "-1", 1, List.of(held), List.of()),
                        heard,
                        heard,
                        failing));
    }
}
