package io.tidescope.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The one exception TideScope throws on purpose: a code to decide on and a message for a person.
 */
public final class TideScopeException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String parameter;

    public TideScopeException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TideScopeException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, null, message, cause);
    }

    private TideScopeException(
            ErrorCode code, @Nullable String parameter, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.parameter = parameter;
    }

    /** INVALID_ARGUMENT for the value of a named parameter, setting or option. */
    public static TideScopeException invalid(String parameter, String message) {
        return about(ErrorCode.INVALID_ARGUMENT, parameter, message);
    }

    /** For the value of a named parameter, setting or option. */
    public static TideScopeException about(ErrorCode code, String parameter, String message) {
        return new TideScopeException(code, parameter, message, null);
    }

    public ErrorCode code() {
        return code;
    }

    /** The parameter, setting or option whose value is at fault; null when it is none. */
    public @Nullable String parameter() {
        return parameter;
    }
}
