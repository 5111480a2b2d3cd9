package io.tidescope.query.request;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The values that a request gave for the parameters of its endpoint, checked as a whole. */
public final class Arguments {
    private final List<Parameter<?>> declared;
    private final Map<String, Object> values;
    private final Map<String, String> texts;
    private final Set<String> given;

    private Arguments(
            List<Parameter<?>> declared,
            Map<String, Object> values,
            Map<String, String> texts,
            Set<String> given) {
        this.declared = declared;
        this.values = values;
        this.texts = texts;
        this.given = given;
    }

    /**
     * Reads the parameters of a request.
     *
     * @param given texts by parameter name, as they stand in the query string
     * @throws TideScopeException INVALID_ARGUMENT for a parameter that is unknown, missing, empty,
     *     repeated without need or of the wrong form
     */
    public static Arguments read(List<Parameter<?>> declared, Map<String, List<String>> given) {
        for (String name : given.keySet()) {
            if (declared.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw unknown(name, declared);
            }
        }
        Map<String, Object> values = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (Parameter<?> parameter : declared) {
            Optional<String> text = text(parameter, given.get(parameter.name()));
            if (text.isPresent()) {
                texts.put(parameter.name(), text.get());
                values.put(parameter.name(), parameter.form().parse(parameter.name(), text.get()));
            }
        }
        return new Arguments(declared, values, texts, given.keySet());
    }

    /** The value of a parameter that is required or has a default. */
    public <T> T read(Parameter<T> parameter) {
        return find(parameter).orElseThrow(() -> new NoSuchElementException(parameter.name()));
    }

    /** The value of a parameter, absent when the request has none. */
    @SuppressWarnings("unchecked") // the value came from this parameter's form
    public <T> Optional<T> find(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter.name()));
    }

    /** What is asked, less how to page and wait: the same for all pages of one question. */
    public String question() {
        return declared.stream()
                .filter(Parameter::partOfQuestion)
                .filter(parameter -> texts.containsKey(parameter.name()))
                .map(parameter -> parameter.name() + '=' + texts.get(parameter.name()))
                .collect(Collectors.joining("\0"));
    }

    /** What the request gave itself, as texts by name; what has its default is left out. */
    public Map<String, String> given() {
        Map<String, String> own = new HashMap<>(texts);
        own.keySet().retainAll(given);
        return own;
    }

    private static Optional<String> text(Parameter<?> parameter, @Nullable List<String> given) {
        String name = parameter.name();
        if (given == null || given.isEmpty()) {
            if (parameter.required()) {
                throw TideScopeException.invalid(name, name + " is missing; this query needs it.");
            }
            return Optional.ofNullable(parameter.defaultText());
        }
        if (given.size() > 1 && !parameter.repeatable()) {
            throw TideScopeException.invalid(
                    name, "%s is given %d times; give it once.".formatted(name, given.size()));
        }
        String text = String.join(",", given);
        if (text.isEmpty()) {
            throw TideScopeException.invalid(
                    name, name + " is empty; give it a value or leave it out.");
        }
        return Optional.of(text);
    }

    private static TideScopeException unknown(String name, List<Parameter<?>> declared) {
        List<String> known = declared.stream().map(Parameter::name).toList();
        String shown = Quoted.shortened(name);
        String advice =
                known.isEmpty()
                        ? "This endpoint takes none."
                        : NearestName.of(name, known)
                                .map(nearest -> "Did you mean " + nearest + "?")
                                .orElse("It takes " + String.join(", ", known) + ".");
        return TideScopeException.about(
                ErrorCode.INVALID_ARGUMENT,
                shown,
                "There is no parameter '%s'. %s".formatted(shown, advice));
    }
}
