package io.tidescope.recovery.object;

import io.tidescope.schemas.TideScopeException;

import java.util.regex.Pattern;

/**
 * What objects may be called, see {@link ObjectStore}; the same everywhere, so that archives can be
 * copied from one store into another.
 */
final class ObjectNames {
    /** With a prefix as long in front, less than the 1,024 bytes of S3. */
    static final int MAX_LENGTH = 500;

    /** What file systems allow, with room. */
    static final int MAX_PART_LENGTH = 200;

    private static final Pattern SHAPE = Pattern.compile("[\\w.=-]++(/[\\w.=-]++)*+");

    private ObjectNames() {}

    static boolean isName(String text) {
        if (text.length() > MAX_LENGTH || !SHAPE.matcher(text).matches()) {
            return false;
        }
        for (String part : text.split("/")) {
            if (part.length() > MAX_PART_LENGTH || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    static void require(String name) {
        if (!isName(name)) {
            throw TideScopeException.invalid(
                    "name",
                    ("'%s' is no name of an object: at most %d letters, digits, '.', '-', '_' and"
                                    + " '=' in parts of at most %d, joined by '/', none of them '.'"
                                    + " or '..'")
                            .formatted(name, MAX_LENGTH, MAX_PART_LENGTH));
        }
    }

    /** The same for what names begin with: nothing, or what more letters make a name. */
    static void requirePrefix(String prefix) {
        if (!prefix.isEmpty() && !isName(prefix) && !isName(prefix + "x")) {
            throw TideScopeException.invalid(
                    "prefix", "no name of an object begins with '%s'".formatted(prefix));
        }
    }
}
