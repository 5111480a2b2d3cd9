package io.tidescope.query.api;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StructureHit;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.match.Match;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some matches, each behind a comma. By hand: there may be a hundred thousand, and a JSON library
 * takes twice as long. Once made it does not change.
 */
final class MatchJson {
    /** What a match takes, about. */
    private static final int MATCH_BYTES = 512;

    private static final int NAME_BYTES = 512;

    private static final byte[] REPOSITORY = JsonBytes.raw(",{\"repository\":");
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

    private final JsonBytes json;
    private final int[] ends;
    private final Map<String, byte[]> names = new HashMap<>();
    private @Nullable DocumentKey document;
    private byte[] beginning = new byte[0];
    private int lastLine = 1;

    private MatchJson(int matches) {
        json = new JsonBytes(matches * MATCH_BYTES);
        ends = new int[matches];
    }

    static MatchJson of(List<StructureHit> hits) {
        MatchJson json = new MatchJson(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            json.write(hits.get(i));
            json.ends[i] = json.json.length();
        }
        return json;
    }

    /**
     * Writes the matches from one index to another.
     *
     * @param first whether they are the first of a list
     */
    void writeTo(OutputStream out, int from, int to, boolean first) throws IOException {
        int start = from == 0 ? 0 : ends[from - 1];
        json.writeTo(out, first ? start + COMMA.length : start, ends[to - 1]);
    }

    private void write(StructureHit hit) {
        json.write(beginning(hit.document()));
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
            json.write(names.computeIfAbsent(capture.getKey(), MatchJson::captured));
            int start = capture.getValue().start();
            int end = capture.getValue().end();
            json.write(source, start, end, StructureHit.MAX_CAPTURED_TEXT);
            write(lines.index(), start, end);
            json.write(CAPTURED_END);
        }
        json.write(END);
    }

    /** What a capture of this name begins with. */
    private static byte[] captured(String name) {
        JsonBytes text = new JsonBytes(NAME_BYTES);
        text.write(name);
        text.write(CAPTURED);
        return text.toBytes();
    }

    /** What matches in a document begin with. */
    private byte[] beginning(DocumentKey of) {
        // Those in one document come one after the other, and most often with one object.
        if (of != document && !of.equals(document)) {
            JsonBytes text = new JsonBytes(NAME_BYTES);
            text.write(REPOSITORY);
            text.write(of.repository());
            text.write(REF);
            text.write(of.ref());
            text.write(PATH);
            text.write(of.path());
            beginning = text.toBytes();
            lastLine = 1;
        }
        document = of;
        return beginning;
    }

    private void write(LineIndex lines, int start, int end) {
        int line = lines.line(start, lastLine);
        int endLine = lines.line(end, line);
        json.write(RANGE);
        json.write(line);
        json.write(COLUMN);
        json.write(lines.column(start, line));
        json.write(END_LINE);
        json.write(endLine);
        json.write(END_COLUMN);
        json.write(lines.column(end, endLine));
    }
}
