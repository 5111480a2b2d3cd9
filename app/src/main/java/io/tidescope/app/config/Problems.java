package io.tidescope.app.config;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a configuration, to be told at once. */
final class Problems {
    private static final int MAX_SHOWN = 80;

    private final List<String> found = new ArrayList<>();

    /** Something about a key for which there is no better form. */
    void add(String problem) {
        found.add(problem);
    }

    /** A setting that must be there. */
    void missing(Setting<?> setting) {
        missing(setting, "");
    }

    /**
     * @param why what follows
     */
    void missing(Setting<?> setting, String why) {
        found.add(
                "%s is missing; it must be %s%s"
                        .formatted(setting.key(), setting.form().allowed(), why));
    }

    /** A value that is not allowed. */
    void notAllowed(String key, RawValue value, String allowed) {
        String written =
                switch (value) {
                    case RawValue.Scalar scalar -> "\"" + shortened(scalar.text()) + "\"";
                    case RawValue.Listed list -> "a list";
                    case RawValue.Mapped mapping -> "a mapping";
                };
        found.add("%s: %s (%s) is not %s".formatted(key, written, value.place(), allowed));
    }

    /** A value that is not allowed, and may be a secret. */
    void notAllowedNorShown(String key, RawValue value, String allowed) {
        found.add(
                "%s: the value (%s), which is not shown here, is not %s"
                        .formatted(key, value.place(), allowed));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT with all of them, when there are any
     */
    void refuse(String configuration) {
        if (!found.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    configuration + " cannot be used:\n  " + String.join("\n  ", found));
        }
    }
}
