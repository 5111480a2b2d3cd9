package io.tidescope.app.config;

import java.util.Optional;

/**
 * The form of a value that is not shown when it is not allowed, for it may be a secret, put in the
 * wrong place.
 */
record HiddenForm<T>(Form<T> form) implements Form<T> {
    @Override
    public String allowed() {
        return form.allowed();
    }

    @Override
    public Optional<T> read(String key, RawValue value, Problems problems) {
        Optional<T> read = form.read(key, value, new Problems());
        if (read.isEmpty()) {
            problems.notAllowedNorShown(key, value, allowed());
        }
        return read;
    }

    @Override
    public Form<T> elsewhere() {
        return new HiddenForm<>(form.elsewhere());
    }
}
