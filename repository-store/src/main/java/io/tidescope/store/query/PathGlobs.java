package io.tidescope.store.query;

import com.google.re2j.Pattern;

import io.tidescope.schemas.TideScopeException;

import java.util.List;

/**
 * Which paths a search is about: those that one of some globs matches as a whole; all when there is
 * none. {@code *} stands for anything but a slash, {@code **} for anything, {@code **}{@code /} for
 * directories or none, {@code ?} for a character that is no slash, {@code {a,b}} for one of
 * several. Matched in time linear in the path's length.
 */
public final class PathGlobs {
    public static final PathGlobs ALL = new PathGlobs(List.of(), List.of());

    private final List<String> globs;
    private final List<Pattern> patterns;

    private PathGlobs(List<String> globs, List<Pattern> patterns) {
        this.globs = List.copyOf(globs);
        this.patterns = patterns;
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT naming the parameter, for braces that do not pair
     */
    public static PathGlobs of(String parameter, List<String> globs) {
        return new PathGlobs(
                globs,
                globs.stream().map(glob -> Pattern.compile(expression(parameter, glob))).toList());
    }

    public boolean matches(String path) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** As they were written; empty for all paths. */
    public List<String> globs() {
        return globs;
    }

    private static String expression(String parameter, String glob) {
        StringBuilder expression = new StringBuilder("(?s)");
        boolean inBraces = false;
        int at = 0;
        while (at < glob.length()) {
            int next = glob.codePointAt(at);
            at += Character.charCount(next);
            switch (next) {
                case '*' -> {
                    if (glob.startsWith("*/", at)) {
                        expression.append("(?:.*/)?");
                        at += 2;
                    } else if (glob.startsWith("*", at)) {
                        expression.append(".*");
                        at += 1;
                    } else {
                        expression.append("[^/]*");
                    }
                }
                case '?' -> expression.append("[^/]");
                case '{' -> {
                    require(!inBraces, parameter, glob);
                    inBraces = true;
                    expression.append("(?:");
                }
                case '}' -> {
                    require(inBraces, parameter, glob);
                    inBraces = false;
                    expression.append(')');
                }
                case ',' -> expression.append(inBraces ? "|" : ",");
                default -> expression.append(Pattern.quote(Character.toString(next)));
            }
        }
        require(!inBraces, parameter, glob);
        return expression.toString();
    }

    private static void require(boolean paired, String parameter, String glob) {
        if (!paired) {
            throw TideScopeException.invalid(
                    parameter, "The braces of '%s' do not pair; they do not nest.".formatted(glob));
        }
    }
}
