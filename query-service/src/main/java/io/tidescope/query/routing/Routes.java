package io.tidescope.query.routing;

import io.tidescope.query.routing.Member.Hearing;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.ReadBound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Decides whom to ask for a partition, from a picture alone: a pure function.
 *
 * <p>A node that was heard of a moment ago comes before one that was not, then the active one
 * before standbys, and then the one with the higher position. Positions are offsets of one log, and
 * what a replica holds is a function of the log up to its position, so they compare across nodes,
 * while a lag is what a node thinks it is: one that is cut off from the log has none. For the same
 * reason, of two that both claim to be the active one, as for a moment after one was stopped and
 * went on, the one farther on is asked: it holds all that the other does, and the one that was
 * replaced stands still.
 */
final class Routes {
    private final RoutingSettings settings;

    Routes(RoutingSettings settings) {
        this.settings = settings;
    }

    /** Replicas to ask for a partition, the best first; none when nobody can answer. */
    List<Replica> candidates(ClusterView view, int partition, ReadBound bound, long now) {
        List<Replica> able = new ArrayList<>();
        for (Replica it : view.replicas(partition)) {
            if (it.answers()
                    && (it.isActive() || bound.consistency() == Consistency.AVAILABLE)
                    && it.member().hearing(now, settings) != Hearing.GONE) {
                able.add(it);
            }
        }
        if (able.size() > 1) {
            long least = bound.position(partition);
            able.sort((a, b) -> compare(a, b, least, now));
        }
        return able;
    }

    /** Less is better. Every question asks it for each partition, so it makes few objects. */
    private int compare(Replica a, Replica b, long least, long now) {
        int order = a.member().hearing(now, settings).compareTo(b.member().hearing(now, settings));
        if (order == 0) {
            // The active one moves on between two looks at it.
            order =
                    Boolean.compare(
                            !a.isActive() && a.position() < least,
                            !b.isActive() && b.position() < least);
        }
        if (order == 0) {
            order = Boolean.compare(b.isActive(), a.isActive());
        }
        if (order == 0) {
            order = Long.compare(b.position(), a.position());
        }
        if (order == 0) {
            order = Long.compare(a.member().silence(now), b.member().silence(now));
        }
        return order == 0 ? a.member().address().compareTo(b.member().address()) : order;
    }

    /** Whether somebody who was heard of a moment ago can answer for a partition. */
    boolean isHeld(ClusterView view, int partition, Consistency consistency, long now) {
        ReadBound anything = new ReadBound(consistency, Map.of());
        return candidates(view, partition, anything, now).stream()
                .anyMatch(it -> it.member().isLive(now, settings));
    }

    /** Why nobody answers for a partition, in one line. */
    String missing(ClusterView view, int partition, Consistency consistency, long now) {
        List<Replica> replicas = view.replicas(partition);
        for (Replica replica : replicas) {
            if (replica.held().state() == State.RESTORING
                    && replica.member().isLive(now, settings)) {
                return replica.member().name() + " is still restoring the partition";
            }
        }
        if (consistency == Consistency.STRONG
                && replicas.stream()
                        .anyMatch(it -> it.answers() && it.member().isLive(now, settings))) {
            return "the partition has no active node now; with consistency=available a standby"
                    + " answers";
        }
        return replicas.stream()
                .map(Replica::member)
                .min(Comparator.comparingLong(member -> member.silence(now)))
                .map(
                        member ->
                                "%s, which holds the partition, has not answered for %d ms"
                                        .formatted(
                                                member.name(),
                                                TimeUnit.NANOSECONDS.toMillis(member.silence(now))))
                .orElseGet(
                        () ->
                                Objects.requireNonNullElse(
                                        view.faults().isEmpty() ? null : view.faults().getFirst(),
                                        "no node of the store holds the partition"));
    }
}
