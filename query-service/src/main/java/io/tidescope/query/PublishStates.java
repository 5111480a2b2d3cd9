package io.tidescope.query;

import io.tidescope.schemas.event.RefState;
import io.tidescope.store.query.Deadline;

import java.util.Collection;
import java.util.List;

/** What publishers say about refs: it names a revision before the index holds it. */
@FunctionalInterface
public interface PublishStates {
    /** Nobody publishes here. */
    PublishStates NONE = List::of;

    /** The state of every ref ever published, as far as known now; never blocks. */
    Collection<RefState> states();

    /**
     * The state of every ref ever published, with all that was published before the call.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when it is not known before the
     *     deadline
     */
    default Collection<RefState> statesNow(Deadline deadline) {
        return states();
    }
}
