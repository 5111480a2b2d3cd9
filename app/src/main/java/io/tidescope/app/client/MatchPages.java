package io.tidescope.app.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.query.api.ApiLimits;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the matches of a structural search as they arrive, page after page: a page that ended early
 * and can be gone on with is no end.
 */
public final class MatchPages {
    /** Below the root of the API. */
    public static final String PATH = "/search/structural";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final QueryClient client;
    private final Consumer<JsonNode> matches;
    private final BooleanSupplier wanted;

    /**
     * @param matches takes each match
     * @param wanted asked before it may take a while to the next match: whether it is wanted
     */
    public MatchPages(QueryClient client, Consumer<JsonNode> matches, BooleanSupplier wanted) {
        this.client = client;
        this.matches = matches;
        this.wanted = wanted;
    }

    /**
     * Reads as many matches as the question wants.
     *
     * @param incomplete takes what else the answer says of a page that is not complete
     * @return what the last page says besides matches, and the count of all pages; nothing when
     *     matches are not wanted any more
     * @throws TideScopeException as {@link QueryClient#open} throws it
     */
    public JsonNode read(StructureQuestion question, Consumer<JsonNode> incomplete)
            throws InterruptedException {
        long count = 0;
        String cursor = null;
        while (true) {
            long left = question.counts() ? question.limit() : question.limit() - count;
            int limit = (int) Math.min(left, ApiLimits.MAX_MATCHES);
            ObjectNode end = page(question.page(limit, cursor));
            if (end.isEmpty()) {
                return end;
            }
            count += end.path("count").asLong();
            cursor = end.path("nextCursor").textValue();
            if (cursor == null || !question.counts() && count >= question.limit()) {
                return end.put("count", count);
            }
            end.remove("nextCursor");
            // Why it ended early does not matter, as it is gone on with.
            end.remove("reason");
            if (end.path("unreadable").asLong() > 0 || !end.path("missing").isEmpty()) {
                incomplete.accept(end);
            }
        }
    }

    private ObjectNode page(StructureQuestion question) throws InterruptedException {
        try (Watched answer = new Watched(client.open(PATH, question.json()), wanted)) {
            try (JsonParser json = JSON.createParser(answer)) {
                return read(json);
            } catch (IOException e) {
                if (answer.unwanted) {
                    return JSON.createObjectNode();
                }
                throw e;
            }
        } catch (IOException e) {
            throw client.broken(e);
        }
    }

    private ObjectNode read(JsonParser json) throws IOException {
        ObjectNode rest = JSON.createObjectNode();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "the server answered something that is no answer; is that TideScope?");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("matches") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    matches.accept(json.readValueAsTree());
                }
            } else {
                rest.set(name, json.readValueAsTree());
            }
        }
        return rest;
    }

    /** Asks before it is read from, which may wait; breaks off when nobody wants more. */
    private static final class Watched extends FilterInputStream {
        private final BooleanSupplier wanted;
        private boolean unwanted;

        Watched(InputStream in, BooleanSupplier wanted) {
            super(in);
            this.wanted = wanted;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            unwanted = !wanted.getAsBoolean();
            if (unwanted) {
                throw new EOFException("nobody reads on");
            }
            return super.read(bytes, offset, length);
        }
    }
}
