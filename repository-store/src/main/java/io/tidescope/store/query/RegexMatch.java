package io.tidescope.store.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.match.TextTest;

import java.util.List;
import java.util.OptionalInt;

/**
 * Matching a name, or any text, by a regular expression in RE2's syntax, which is matched in time
 * linear in the text's length whatever the expression.
 */
public final class RegexMatch implements TextTest {
    /** Repetitions multiply when they are nested, and the compiled program grows with them. */
    private static final int MAX_REPETITIONS = 1000;

    /** The program has about as many instructions as characters are repeated, of some 60 bytes. */
    private static final int MAX_SIZE = 10_000;

    private final Pattern pattern;
    private final int size;
    private final RegexLiterals literals;

    private RegexMatch(Pattern pattern, int size) {
        this.pattern = pattern;
        this.size = size;
        literals = RegexLiterals.of(pattern.pattern());
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT naming the parameter, with the place of the fault
     *     where it is known
     */
    public static RegexMatch of(String parameter, String pattern) {
        if (pattern.length() > NameMatch.MAX_LENGTH) {
            throw TideScopeException.invalid(
                    parameter,
                    "the regular expression has %d characters; at most %d are allowed"
                            .formatted(pattern.length(), NameMatch.MAX_LENGTH));
        }
        long size = pattern.length() * repetitions(parameter, pattern);
        if (size > MAX_SIZE) {
            throw TideScopeException.invalid(
                    parameter,
                    "the regular expression is too large: %d characters, repeated, are about %,d, and at most %,d are allowed"
                            .formatted(pattern.length(), size, MAX_SIZE));
        }
        try {
            return new RegexMatch(Pattern.compile(pattern), Math.toIntExact(size));
        } catch (PatternSyntaxException e) {
            throw TideScopeException.invalid(parameter, describe(pattern, e));
        }
    }

    /**
     * Whether the expression is found anywhere in a text.
     *
     * @param text is read one character at a time
     */
    @Override
    public boolean test(CharSequence text) {
        return text.toString().contains(literals.somewhere()) && pattern.matcher(text).find();
    }

    @Override
    public int size() {
        return size;
    }

    /** 0 when all of the name matches, else by how much of it does not. */
    OptionalInt score(String name) {
        if (!name.contains(literals.somewhere())) {
            return OptionalInt.empty();
        }
        var matcher = pattern.matcher(name);
        if (!matcher.find()) {
            return OptionalInt.empty();
        }
        int rest = name.length() - (matcher.end() - matcher.start());
        if (rest == 0) {
            return OptionalInt.of(0);
        }
        return OptionalInt.of(NameTier.WIDTH + Math.min(NameTier.WIDTH - 1, rest));
    }

    /** What {@link NameMatch#beginnings} tells. */
    List<String> beginnings() {
        return literals.beginning().isEmpty() ? Beginnings.ALL : List.of(literals.beginning());
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** All of them multiplied, as if they were nested. */
    private static long repetitions(String parameter, String pattern) {
        long product = 1;
        int open = pattern.indexOf('{');
        while (open >= 0) {
            int close = pattern.indexOf('}', open);
            if (close < 0) {
                return product;
            }
            product *= Math.max(1, largestNumber(pattern.substring(open + 1, close)));
            if (product > MAX_REPETITIONS) {
                throw TideScopeException.invalid(
                        parameter,
                        "the regular expression repeats more than %d times, all repetitions multiplied, at position %d"
                                .formatted(MAX_REPETITIONS, open));
            }
            // Not from where it closes: a brace that opens nothing is a letter, and hides none.
            open = pattern.indexOf('{', open + 1);
        }
        return product;
    }

    private static int largestNumber(String bounds) {
        int largest = 0;
        for (String bound : bounds.split(",")) {
            if (!bound.isEmpty()
                    && bound.length() <= 6
                    && bound.chars().allMatch(c -> c >= '0' && c <= '9')) {
                largest = Math.max(largest, Integer.parseInt(bound));
            }
        }
        return largest;
    }

    private static String describe(String pattern, PatternSyntaxException e) {
        String fragment = e.getPattern();
        int position = fragment == null || fragment.isEmpty() ? -1 : pattern.indexOf(fragment);
        return position < 0
                ? "the regular expression is malformed: " + e.getDescription()
                : "the regular expression is malformed at position %d: %s: %s"
                        .formatted(position, e.getDescription(), fragment);
    }
}
