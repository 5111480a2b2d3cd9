package io.tidescope.query.api;

import io.tidescope.query.MatchReceiver;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHit.Range;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.match.Match;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
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
    private final Map<String, byte[]> names = new HashMap<>();
    private int lastLine = 1;
    private boolean written = true;

    MatchWriter(OutputStream out) {
        this.out = out;
        json = new JsonBytes(out, WRITTEN_AT_ONCE);
    }

    @Override
    public void accept(StructureHit hit) throws IOException {
        if (document != null) {
            json.write(COMMA);
        }
        json.write(beginning(hit.place().start()));
        Match match = hit.match();
        SourceLines lines = hit.lines();
        byte[] source = lines.source();
        int line = lines.index().line(match.start(), lastLine);
        lastLine = line;
        write(lines.index(), match.start(), match.end());
        json.write(TEXT);
        json.write(
                source, lines.index().lineStart(line), lines.textEnd(line), OccurrenceHit.MAX_TEXT);
        json.write(CAPTURES);
        boolean first = true;
        for (Map.Entry<String, Match.Capture> capture : match.captures().entrySet()) {
            if (!first) {
                json.write(COMMA);
            }
            first = false;
            json.write(captured(capture.getKey()));
            int start = capture.getValue().start();
            int end = capture.getValue().end();
            json.write(source, start, end, StructureHit.MAX_CAPTURED_TEXT);
            write(lines.index(), start, end);
            json.write(CAPTURED_END);
        }
        json.write(END);
        written = true;
    }

    /** What a capture of this name begins with. */
    private byte[] captured(String name) throws IOException {
        byte[] known = names.get(name);
        if (known == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            JsonBytes text = new JsonBytes(bytes, NAMES_AT_ONCE);
            text.write(name);
            text.write(CAPTURED);
            text.flush();
            known = bytes.toByteArray();
            names.put(name, known);
        }
        return known;
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
            lastLine = 1;
        }
        return beginning;
    }

    private void write(LineIndex lines, int start, int end) throws IOException {
        Range range = Range.of(lines, start, end, lastLine);
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
