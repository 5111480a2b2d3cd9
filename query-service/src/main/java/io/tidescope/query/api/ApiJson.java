package io.tidescope.query.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.OutputStream;

/** Writes answers as JSON. */
public final class ApiJson {
    // A syntax tree is as deep as its source; it is written without recursion.
    private static final ObjectWriter WRITER =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamWriteConstraints(
                                            StreamWriteConstraints.builder()
                                                    .maxNestingDepth(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .writer()
                    .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                    .without(SerializationFeature.WRAP_EXCEPTIONS)
                    .without(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private ApiJson() {}

    /**
     * Writes an answer; the stream is not closed, and flushed only while an answer is found.
     *
     * @throws IOException when the stream failed
     * @throws TideScopeException DEADLINE_EXCEEDED when the answer took too long to write
     */
    public static void write(OutputStream out, Object answer) throws IOException {
        if (answer instanceof StreamedAnswer streamed) {
            JsonGenerator json = WRITER.createGenerator(out);
            streamed.write(json, out);
            json.close();
            return;
        }
        try {
            WRITER.writeValue(out, answer);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof TideScopeException cause) {
                throw cause;
            }
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }
}
