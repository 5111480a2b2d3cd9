package io.tidescope.app.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.query.api.ApiLimits;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    private final Runnable beforeWaiting;

    /**
     * @param matches takes each match
     * @param beforeWaiting runs before it may take a while to the next match
     */
    public MatchPages(QueryClient client, Consumer<JsonNode> matches, Runnable beforeWaiting) {
        this.client = client;
        this.matches = matches;
        this.beforeWaiting = beforeWaiting;
    }

    /**
     * Reads as many matches as the question wants.
     *
     * @param incomplete takes what else the answer says of a page that is not complete
     * @return what the last page says besides matches
     * @throws TideScopeException as {@link QueryClient#open} throws it
     */
    public JsonNode read(StructureQuestion question, Consumer<JsonNode> incomplete)
            throws InterruptedException {
        int left = question.limit();
        String cursor = null;
        while (true) {
            int limit = Math.min(left, ApiLimits.MAX_MATCHES);
            ObjectNode end = page(question.page(limit, cursor));
            int count = end.path("count").asInt();
            left -= count;
            cursor = end.path("nextCursor").textValue();
            if (left <= 0 || cursor == null) {
                return end;
            }
            end.remove("nextCursor");
            if (count < limit) {
                // Why it ended early does not matter, as it is gone on with.
                end.remove("reason");
            }
            if (end.has("reason") || !end.path("missing").isEmpty()) {
                incomplete.accept(end);
            }
        }
    }

    private ObjectNode page(StructureQuestion question) throws InterruptedException {
        try (InputStream answer = client.open(PATH, question.json());
                JsonParser json = JSON.createParser(new Watched(answer, beforeWaiting))) {
            return read(json);
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

    /** Tells before it is read from, which may wait. */
    private static final class Watched extends FilterInputStream {
        private final Runnable beforeReading;

        Watched(InputStream in, Runnable beforeReading) {
            super(in);
            this.beforeReading = beforeReading;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            beforeReading.run();
            return super.read(bytes, offset, length);
        }
    }
}
