package io.tidescope.query;

import io.tidescope.store.query.StructureHit;

import java.io.IOException;
import java.util.List;

/** Takes the matches of a structural search while it is under way. */
public interface MatchReceiver {
    /** Some matches, in the order of places, ready to be passed on. */
    interface Ready {
        /** Passes on those from one index to another, each once. */
        void pass(int from, int to) throws IOException;
    }

    /**
     * Makes matches ready, which may take longer than passing them on: any thread may ask for it,
     * also while others are passed on.
     */
    Ready ready(List<StructureHit> matches);

    /**
     * Called, a few times a second, while there is no next match yet: what was taken should be
     * passed on. What it throws because nobody listens any more ends the search.
     */
    void pause() throws IOException;
}
