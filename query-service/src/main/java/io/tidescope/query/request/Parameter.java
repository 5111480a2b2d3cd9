package io.tidescope.query.request;

import org.jspecify.annotations.Nullable;

/**
 * A query parameter as declared: its name, form and presence. Equal requests differ in nothing but
 * parameters that only say how to page or wait.
 *
 * @param name as written in the query string
 * @param form what its text looks like
 * @param required whether a request without it is refused
 * @param defaultText what stands for it when it is absent; null when absence means something else
 * @param partOfQuestion whether another value asks another question, for which a cursor does not
 *     hold
 * @param <T> type of its value
 */
public record Parameter<T>(
        String name,
        Form<T> form,
        boolean required,
        @Nullable String defaultText,
        boolean partOfQuestion) {
    public static <T> Parameter<T> required(String name, Form<T> form) {
        return new Parameter<>(name, form, true, null, true);
    }

    public static <T> Parameter<T> optional(String name, Form<T> form) {
        return new Parameter<>(name, form, false, null, true);
    }

    public static <T> Parameter<T> defaulted(String name, Form<T> form, String defaultText) {
        return new Parameter<>(name, form, false, defaultText, true);
    }

    /** The same parameter, as one that says how to ask rather than what. */
    public Parameter<T> besideTheQuestion() {
        return new Parameter<>(name, form, required, defaultText, false);
    }

    /** Whether it may be given several times; the values are then joined by commas. */
    public boolean repeatable() {
        return form instanceof Choices<?>;
    }
}
