package io.tidescope.app.config;

import java.util.Optional;

/** A value that is never printed. */
public record Secret(String value) {
    static final Form<Secret> FORM =
            new HiddenForm<>(
                    new ScalarForm<>(
                            "a text that is not empty",
                            text ->
                                    text.isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(new Secret(text))));

    @Override
    public String toString() {
        return "(hidden)";
    }
}
