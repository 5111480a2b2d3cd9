package io.tidescope.app.config;

import java.util.Optional;

/**
 * What values of a setting look like.
 *
 * @param <T> what they are read into
 */
interface Form<T> {
    /** What is allowed, as the end of a sentence: {@code "a whole number from 1 to 256"}. */
    String allowed();

    /** The value, or a problem added and nothing. */
    Optional<T> read(String key, RawValue value, Problems problems);

    /**
     * What can be said of a value here that is for another process, perhaps on another machine:
     * files need not be there.
     */
    default Form<T> elsewhere() {
        return this;
    }
}
