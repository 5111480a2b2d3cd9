package io.tidescope.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of a value that is one text.
 *
 * @param parse empty for what is not allowed
 */
record ScalarForm<T>(String allowed, Function<String, Optional<T>> parse) implements Form<T> {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9}) ?(KiB|MiB|GiB)");
    private static final Map<String, Integer> BYTE_SHIFT = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    @Override
    public Optional<T> read(String key, RawValue value, Problems problems) {
        Optional<T> read =
                value instanceof RawValue.Scalar scalar
                        ? parse.apply(scalar.text().strip())
                        : Optional.empty();
        if (read.isEmpty()) {
            problems.notAllowed(key, value, allowed);
        }
        return read;
    }

    static ScalarForm<Integer> wholeNumber(int least, int most) {
        return new ScalarForm<>(
                "a whole number from %d to %d".formatted(least, most),
                text ->
                        text.matches("\\d{1,9}")
                                ? within(Integer.valueOf(text), least, most)
                                : Optional.empty());
    }

    static ScalarForm<Double> fraction() {
        return new ScalarForm<>(
                "a number from 0 to 1",
                text ->
                        text.matches("\\d(\\.\\d{1,9})?")
                                ? within(Double.valueOf(text), 0.0, 1.0)
                                : Optional.empty());
    }

    static ScalarForm<Integer> port() {
        return wholeNumber(0, Address.MAX_PORT);
    }

    static ScalarForm<Boolean> yesOrNo() {
        return new ScalarForm<>(
                "true or false",
                text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    static ScalarForm<Duration> duration(Duration least, Duration most) {
        return new ScalarForm<>(
                "a duration from %s to %s".formatted(show(least), show(most)),
                text -> WrittenDuration.parse(text).flatMap(value -> within(value, least, most)));
    }

    /** As it is written: {@code 500ms}, {@code 10s}, {@code 2m}. */
    static String show(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 != 0
                ? millis + "ms"
                : millis % 60_000 != 0 || millis == 0
                        ? millis / 1000 + "s"
                        : millis % 3_600_000 != 0
                                ? millis / 60_000 + "m"
                                : millis / 3_600_000 + "h";
    }

    static ScalarForm<Long> bytes(long least, long most) {
        return new ScalarForm<>(
                "a size from %s to %s".formatted(show(least), show(most)),
                text -> {
                    Matcher matcher = BYTES.matcher(text);
                    return matcher.matches()
                            ? within(
                                    Long.parseLong(matcher.group(1))
                                            << Integer.valueOf(
                                                    BYTE_SHIFT.getOrDefault(matcher.group(2), 0)),
                                    least,
                                    most)
                            : Optional.empty();
                });
    }

    /** As it is written: {@code 384MiB}, {@code 1GiB}. */
    static String show(long bytes) {
        return bytes % (1L << 30) == 0 && bytes > 0
                ? (bytes >> 30) + "GiB"
                : bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : (bytes >> 10) + "KiB";
    }

    static <E extends Enum<E>> ScalarForm<E> choice(Class<E> type, Function<E, String> name) {
        return new ScalarForm<>(
                Arrays.stream(type.getEnumConstants())
                        .map(name)
                        .collect(Collectors.joining(", ", "one of ", "")),
                text ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(each -> name.apply(each).equals(text))
                                .findFirst());
    }

    /** A text of a pattern. */
    static ScalarForm<String> text(String allowed, String pattern) {
        return new ScalarForm<>(
                allowed, text -> text.matches(pattern) ? Optional.of(text) : Optional.empty());
    }

    static ScalarForm<String> line() {
        return text("a text of one line", ".{1,500}");
    }

    /** Public keys: plain HTTP would let anybody on the way hand in their own. */
    static Form<URI> keys() {
        return new HiddenForm<>(
                new ScalarForm<>(
                        "an address that begins with https://, without user and password, or a"
                                + " file",
                        HttpAccess::keysAt));
    }

    static ScalarForm<String> host() {
        return text("the name or address of a network interface", "[A-Za-z0-9.:_-]{1,255}");
    }

    static ScalarForm<Address> address() {
        return new ScalarForm<>("host:port", Address::parse);
    }

    /** Hidden when it is not allowed: people put passwords into addresses. */
    static Form<URI> http() {
        return new HiddenForm<>(
                new ScalarForm<>(
                        "an address that begins with http:// or https://, without user and"
                                + " password",
                        ScalarForm::parseHttp));
    }

    /** Of a service itself: nothing follows the host but a port, and perhaps a path. */
    static Form<URI> endpoint() {
        return new HiddenForm<>(
                new ScalarForm<>(
                        "an address that begins with http:// or https://, without user and"
                                + " password, query and fragment",
                        text ->
                                parseHttp(text)
                                        .filter(
                                                uri ->
                                                        uri.getRawQuery() == null
                                                                && uri.getRawFragment() == null)));
    }

    private static Optional<URI> parseHttp(String text) {
        try {
            return Optional.of(URI.create(text)).filter(ScalarForm::isHttp);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isHttp(URI uri) {
        return uri.getHost() != null
                && uri.getUserInfo() == null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    private static <C extends Comparable<C>> Optional<C> within(C value, C least, C most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0
                ? Optional.of(value)
                : Optional.empty();
    }
}
