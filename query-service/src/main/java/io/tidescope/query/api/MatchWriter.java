package io.tidescope.query.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import io.tidescope.query.MatchReceiver;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHit.Captured;
import io.tidescope.store.query.StructureHit.Range;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes matches into a list that is open. Field by field: there may be a hundred thousand, and
 * what looks at their classes takes several times as long.
 */
final class MatchWriter implements MatchReceiver {
    private static final SerializableString REPOSITORY = new SerializedString("repository");
    private static final SerializableString REF = new SerializedString("ref");
    private static final SerializableString PATH = new SerializedString("path");
    private static final SerializableString RANGE = new SerializedString("range");
    private static final SerializableString LINE = new SerializedString("line");
    private static final SerializableString COLUMN = new SerializedString("column");
    private static final SerializableString END_LINE = new SerializedString("endLine");
    private static final SerializableString END_COLUMN = new SerializedString("endColumn");
    private static final SerializableString TEXT = new SerializedString("text");
    private static final SerializableString CAPTURES = new SerializedString("captures");

    private final JsonGenerator json;
    private final OutputStream out;
    private boolean written = true;

    MatchWriter(JsonGenerator json, OutputStream out) {
        this.json = json;
        this.out = out;
    }

    @Override
    public void accept(StructureHit match) throws IOException {
        OccurrencePlace place = match.place().start();
        json.writeStartObject();
        write(REPOSITORY, place.repository());
        write(REF, place.ref());
        write(PATH, place.path());
        write(match.range());
        write(TEXT, match.text());
        json.writeFieldName(CAPTURES);
        json.writeStartObject();
        for (Map.Entry<String, Captured> capture : match.captures().entrySet()) {
            json.writeFieldName(capture.getKey());
            json.writeStartObject();
            write(TEXT, capture.getValue().text());
            write(capture.getValue().range());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        written = true;
    }

    /** When there is nothing to pass on, a line's end tells whether the client is still there. */
    @Override
    public void pause() throws IOException {
        if (!written) {
            json.writeRaw('\n');
        }
        json.flush();
        out.flush();
        written = false;
    }

    private void write(Range range) throws IOException {
        json.writeFieldName(RANGE);
        json.writeStartObject();
        write(LINE, range.line());
        write(COLUMN, range.column());
        write(END_LINE, range.endLine());
        write(END_COLUMN, range.endColumn());
        json.writeEndObject();
    }

    private void write(SerializableString name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeString(text);
    }

    private void write(SerializableString name, int number) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(number);
    }
}
