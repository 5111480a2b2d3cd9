package io.tidescope.query.api;

import io.tidescope.query.MatchReceiver;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHit.Captured;
import io.tidescope.store.query.StructureHit.Range;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes matches, as the elements of a list. By hand: there may be a hundred thousand, and a JSON
 * library takes twice as long.
 */
final class MatchWriter implements MatchReceiver {
    private static final int WRITTEN_AT_ONCE = 32 * 1024;
    private static final int NAMES_AT_ONCE = 512;

    private static final byte[] REPOSITORY = JsonBytes.raw("{\"repository\":");
    private static final byte[] REF = JsonBytes.raw(",\"ref\":");
    private static final byte[] PATH = JsonBytes.raw(",\"path\":");
    private static final byte[] RANGE = JsonBytes.raw(",\"range\":{\"line\":");
    private static final byte[] COLUMN = JsonBytes.raw(",\"column\":");
    private static final byte[] END_LINE = JsonBytes.raw(",\"endLine\":");
    private static final byte[] END_COLUMN = JsonBytes.raw(",\"endColumn\":");
    private static final byte[] TEXT = JsonBytes.raw("},\"text\":");
    private static final byte[] CAPTURES = JsonBytes.raw(",\"captures\":{");
    private static final byte[] CAPTURED = JsonBytes.raw(":{\"text\":");
    private static final byte[] CAPTURED_END = JsonBytes.raw("}}");
    private static final byte[] END = JsonBytes.raw("}}");
    private static final byte[] COMMA = JsonBytes.raw(",");
    private static final byte[] LINE_END = JsonBytes.raw("\n");

    private final OutputStream out;
    private final JsonBytes json;
    private @Nullable OccurrencePlace document;
    private byte[] beginning = new byte[0];
    private boolean written = true;

    MatchWriter(OutputStream out) {
        this.out = out;
        json = new JsonBytes(out, WRITTEN_AT_ONCE);
    }

    @Override
    public void accept(StructureHit match) throws IOException {
        if (document != null) {
            json.write(COMMA);
        }
        json.write(beginning(match.place().start()));
        write(match.range());
        json.write(TEXT);
        json.write(match.text());
        json.write(CAPTURES);
        boolean first = true;
        for (Map.Entry<String, Captured> capture : match.captures().entrySet()) {
            if (!first) {
                json.write(COMMA);
            }
            first = false;
            json.write(capture.getKey());
            json.write(CAPTURED);
            json.write(capture.getValue().text());
            write(capture.getValue().range());
            json.write(CAPTURED_END);
        }
        json.write(END);
        written = true;
    }

    /** What matches in one document begin with. */
    private byte[] beginning(OccurrencePlace place) throws IOException {
        OccurrencePlace last = document;
        if (last == null
                || !last.path().equals(place.path())
                || !last.ref().equals(place.ref())
                || !last.repository().equals(place.repository())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            JsonBytes text = new JsonBytes(bytes, NAMES_AT_ONCE);
            text.write(REPOSITORY);
            text.write(place.repository());
            text.write(REF);
            text.write(place.ref());
            text.write(PATH);
            text.write(place.path());
            text.flush();
            beginning = bytes.toByteArray();
            document = place;
        }
        return beginning;
    }

    private void write(Range range) throws IOException {
        json.write(RANGE);
        json.write(range.line());
        json.write(COLUMN);
        json.write(range.column());
        json.write(END_LINE);
        json.write(range.endLine());
        json.write(END_COLUMN);
        json.write(range.endColumn());
    }

    /** When there is nothing to pass on, a line's end tells whether the client is still there. */
    @Override
    public void pause() throws IOException {
        if (!written) {
            json.write(LINE_END);
        }
        end();
        out.flush();
        written = false;
    }

    /** Hands on what was written. */
    void end() throws IOException {
        json.flush();
    }
}
