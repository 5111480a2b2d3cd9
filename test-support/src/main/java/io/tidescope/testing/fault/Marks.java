package io.tidescope.testing.fault;

import io.tidescope.testing.GitRepository;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that say which push they are from, so that an answer shows how old each part of it is: one
 * method in each, {@code markOf7Version42}. Every push rewrites all of them. Used by one thread.
 */
public final class Marks {
    /** What the names of all marks begin with. */
    public static final String PREFIX = "markOf";

    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)Version(\\d+)");

    private final GitRepository repository;
    private final int files;
    private long version;

    /**
     * @param files enough to be in every partition
     */
    public Marks(GitRepository repository, int files) {
        this.repository = repository;
        this.files = files;
    }

    /**
     * A push.
     *
     * @param version what the marks of its files say, one more than those of the push before
     */
    public record Push(String commit, long version) {}

    /** A mark in an answer. */
    record Mark(int file, long version) {
        /**
         * @throws IllegalArgumentException for a name that is none
         */
        static Mark of(String name) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not the name of a mark: " + name);
            }
            return new Mark(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }

    /** The path of a marked file. */
    public static String path(int file) {
        return "marks/Mark" + file + ".java";
    }

    /** Marks all files anew and commits them with whatever else is in the work tree. */
    public Push push() {
        version++;
        for (int file = 0; file < files; file++) {
            repository.write(
                    path(file),
                    "package marks;\nclass Mark%d { void %s%dVersion%d() {} }\n"
                            .formatted(file, PREFIX, file, version));
        }
        return new Push(repository.commit("version " + version), version);
    }
}
