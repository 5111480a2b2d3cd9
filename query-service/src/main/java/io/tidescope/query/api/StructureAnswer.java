package io.tidescope.query.api;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tidescope.query.StructureEnd;
import io.tidescope.query.StructureSearch;
import io.tidescope.schemas.ErrorCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a structural search finds, written as it is found: what is known at once, the matches, and
 * behind them what is known at the end.
 *
 * @param readAs what the pattern was read as; null for a rule
 * @param explain whether to tell what the search went through
 */
record StructureAnswer(StructureSearch search, @Nullable String readAs, boolean explain)
        implements StreamedAnswer, PartialAnswer {
    @Override
    public void write(JsonGenerator json, OutputStream out) throws IOException {
        try (search) {
            json.writeStartObject();
            if (readAs != null) {
                json.writeStringField("readAs", readAs);
            }
            json.writeArrayFieldStart("matches");
            // The list's elements are written past the generator, which need not know of them.
            json.flush();
            MatchWriter matches = new MatchWriter(out);
            StructureEnd end = search.run(matches);
            matches.end();
            json.writeEndArray();
            write(json, end);
            json.writeEndObject();
        }
    }

    @Override
    public boolean complete() {
        return search.isComplete();
    }

    @Override
    public @Nullable ErrorCode failure() {
        return search.failure();
    }

    private void write(JsonGenerator json, StructureEnd end) throws IOException {
        json.writeNumberField("count", end.count());
        json.writeBooleanField("complete", end.complete());
        if (end.reason() != null) {
            json.writeStringField("reason", end.reason());
        }
        json.writeStringField("nextCursor", end.nextCursor());
        json.writePOJOField("missing", MissingPartition.listOf(end.missing()));
        json.writePOJOField("stale", StalePartition.listOf(end.standings()));
        json.writeNumberField("unreadable", end.effort().unreadable());
        if (explain) {
            json.writePOJOField("plan", SearchPlan.of(end));
        }
    }
}
