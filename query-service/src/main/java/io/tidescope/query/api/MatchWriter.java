package io.tidescope.query.api;

import io.tidescope.query.MatchReceiver;
import io.tidescope.store.query.StructureHit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes matches, as the elements of a list. */
final class MatchWriter implements MatchReceiver {
    private static final int WRITTEN_AT_ONCE = 64 * 1024;

    private final GatheredOutput out;
    private boolean first = true;
    private boolean written = true;

    MatchWriter(OutputStream out) {
        this.out = new GatheredOutput(out, WRITTEN_AT_ONCE);
    }

    @Override
    public Ready ready(List<StructureHit> matches) {
        MatchJson json = MatchJson.of(matches);
        return (from, to) -> {
            json.writeTo(out, from, to, first);
            first = false;
            written = true;
        };
    }

    /** When there is nothing to pass on, a line's end tells whether the client is still there. */
    @Override
    public void pause() throws IOException {
        if (!written) {
            out.write('\n');
        }
        out.flush();
        written = false;
    }

    /** Hands on what was written. */
    void end() throws IOException {
        out.handOn();
    }
}
