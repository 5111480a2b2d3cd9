package io.tidescope.query.routing;

import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;

/** A partition on a node that holds it, or is getting it. */
public record Replica(Member member, Held held) {
    boolean isActive() {
        return held.state() == State.ACTIVE;
    }

    /** Whether it can be asked at all. */
    boolean answers() {
        return held.state() != State.RESTORING;
    }

    long position() {
        return held.standing().position();
    }
}
