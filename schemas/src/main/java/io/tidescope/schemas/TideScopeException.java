package io.tidescope.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The one exception TideScope throws on purpose: a code to decide on and a message for a person.
 */
public final class TideScopeException extends RuntimeException {
    private final ErrorCode code;

    public TideScopeException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TideScopeException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
