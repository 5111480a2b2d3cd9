package io.tidescope.query.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; none includes another. */
public enum Permission {
    /** Ask questions. */
    READ,
    /** Have repositories looked at. */
    PUBLISH,
    /** Run the service. */
    ADMIN;

    /** As it is written: {@code read}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The permission that is written so; absent when there is none. */
    public static Optional<Permission> find(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }
}
