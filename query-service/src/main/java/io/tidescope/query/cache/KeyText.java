package io.tidescope.query.cache;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/**
 * Text that tells values apart: {@code length:text} of each, {@code -} for none, and {@code
 * length[} before the elements of a collection.
 */
final class KeyText {
    private final StringBuilder text = new StringBuilder();

    KeyText add(@Nullable Object value) {
        if (value == null) {
            text.append('-');
        } else {
            String written = value.toString();
            text.append(written.length()).append(':').append(written);
        }
        return this;
    }

    /** Elements in an order of their own, as those of a set. */
    KeyText addAll(Collection<?> values) {
        return addList(values.stream().map(Object::toString).sorted().toList());
    }

    KeyText addList(Collection<?> values) {
        text.append(values.size()).append('[');
        values.forEach(this::add);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
