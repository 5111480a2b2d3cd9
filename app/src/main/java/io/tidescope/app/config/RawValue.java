package io.tidescope.app.config;

import java.util.List;

/** A value as it was written, before anybody knows what it means; it knows where that was. */
sealed interface RawValue {
    /** For people, such as {@code line 3} or the name of an environment variable. */
    String place();

    /** One text; YAML's numbers and switches are texts too. */
    record Scalar(String text, String place) implements RawValue {}

    record Listed(List<RawValue> items, String place) implements RawValue {}

    /** In the order written, keys that come twice included. */
    record Mapped(List<Entry> entries, String place) implements RawValue {}

    record Entry(String key, RawValue value) {}
}
