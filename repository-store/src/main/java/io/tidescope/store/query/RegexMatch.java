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
    /** Instructions of a program: repetitions multiply when they are nested. */
    private static final int MAX_SIZE = 10_000;

    private final Pattern pattern;
    private final RegexLiterals literals;

    private RegexMatch(Pattern pattern) {
        this.pattern = pattern;
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
        // Before it is compiled, and then as it is: of what is no expression nobody can tell.
        requireSmall(parameter, RegexSize.of(pattern));
        try {
            Pattern compiled = Pattern.compile(pattern);
            requireSmall(parameter, compiled.programSize());
            return new RegexMatch(compiled);
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
        return pattern.programSize();
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

    private static void requireSmall(String parameter, long size) {
        if (size > MAX_SIZE) {
            throw TideScopeException.invalid(
                    parameter,
                    "the regular expression is too large: with all that it repeats it has %,d parts, and at most %,d are allowed"
                            .formatted(size, MAX_SIZE));
        }
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
