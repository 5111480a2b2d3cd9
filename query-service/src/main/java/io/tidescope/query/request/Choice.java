package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of the constants of an enum, by its label. */
public final class Choice<E extends Enum<E>> implements Form<E> {
    private final List<E> constants;
    private final Map<String, E> byLabel;

    private Choice(List<E> constants) {
        this.constants = constants;
        this.byLabel =
                constants.stream()
                        .collect(Collectors.toUnmodifiableMap(Choice::label, Function.identity()));
    }

    public static <E extends Enum<E>> Choice<E> of(Class<E> type) {
        return new Choice<>(List.of(type.getEnumConstants()));
    }

    /** How a constant is written in requests and answers: its name in lower case. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Several of the constants, given by repeating the parameter or joined by commas. */
    public Form<Set<E>> several() {
        return new Choices<>(this);
    }

    @Override
    public E parse(String parameter, String text) {
        E constant = byLabel.get(text);
        if (constant == null) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be one of %s, not '%s'."
                            .formatted(
                                    parameter,
                                    String.join(", ", labels()),
                                    Quoted.shortened(text)));
        }
        return constant;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "enum", labels());
    }

    private List<String> labels() {
        return constants.stream().map(Choice::label).toList();
    }
}
