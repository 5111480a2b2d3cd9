package io.tidescope.query.http;

import java.io.IOException;

/** The rest of a request does not come, or too slowly to wait for it. */
final class UnfinishedRequestException extends IOException {
    private static final long serialVersionUID = 1;

    UnfinishedRequestException(IOException cause) {
        super("the rest of the request does not come in time", cause);
    }
}
