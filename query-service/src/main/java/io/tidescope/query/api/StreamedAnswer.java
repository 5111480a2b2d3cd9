package io.tidescope.query.api;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.OutputStream;

/** An answer that is written while it is found. */
interface StreamedAnswer {
    /**
     * Writes all of it, once.
     *
     * @param json writes to the stream
     * @param out to be flushed when somebody should see what was written
     */
    void write(JsonGenerator json, OutputStream out) throws IOException;
}
