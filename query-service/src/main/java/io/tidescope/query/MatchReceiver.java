package io.tidescope.query;

import io.tidescope.store.query.StructureHit;

import java.io.IOException;

/** Takes the matches of a structural search while it is under way. */
public interface MatchReceiver {
    /** Takes the next match, in the order of places. */
    void accept(StructureHit match) throws IOException;

    /**
     * Called, a few times a second, while there is no next match yet: what was taken should be
     * passed on. What it throws because nobody listens any more ends the search.
     */
    void pause() throws IOException;
}
