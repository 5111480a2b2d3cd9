package io.tidescope.app.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The form of a value that is a list; one text is a list too, joined by commas, as environment
 * variables have it.
 */
record ListForm<T>(Form<T> items, int most) implements Form<List<T>> {
    @Override
    public String allowed() {
        return "a list of at most %d, each %s".formatted(most, items.allowed());
    }

    @Override
    public Optional<List<T>> read(String key, RawValue value, Problems problems) {
        List<RawValue> written =
                switch (value) {
                    case RawValue.Listed list -> list.items();
                    case RawValue.Scalar(String text, String place) ->
                            Arrays.stream(text.split(","))
                                    .map(String::strip)
                                    .filter(item -> !item.isEmpty())
                                    .<RawValue>map(item -> new RawValue.Scalar(item, place))
                                    .toList();
                    case RawValue.Mapped mapping -> List.of();
                };
        if (written.isEmpty() || written.size() > most) {
            problems.notAllowed(key, value, allowed());
            return Optional.empty();
        }
        List<T> read = new ArrayList<>();
        for (RawValue item : written) {
            items.read(key, item, problems).ifPresent(read::add);
        }
        return read.size() == written.size() ? Optional.of(List.copyOf(read)) : Optional.empty();
    }

    @Override
    public Form<List<T>> elsewhere() {
        return new ListForm<>(items.elsewhere(), most);
    }
}
