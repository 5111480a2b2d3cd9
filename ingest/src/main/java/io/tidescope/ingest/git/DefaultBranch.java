package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/**
 * Which branch of a repository is its default.
 *
 * <p>A bare repository says so by its HEAD. In a working repository HEAD is what a developer has
 * checked out just now, so there it is the branch that origin's HEAD names if it exists locally,
 * else {@code main}, else {@code master}, and only then HEAD.
 */
final class DefaultBranch {
    static final String ORIGIN_HEAD = "refs/remotes/origin/HEAD";
    static final String MAIN = "refs/heads/main";
    static final String MASTER = "refs/heads/master";
    private static final String ORIGIN = "refs/remotes/origin/";
    private static final String HEADS = "refs/heads/";

    private DefaultBranch() {}

    /**
     * @param head the branch HEAD names, born or not; null when HEAD is detached
     * @param originHead the ref origin's HEAD names; null when it is not known
     */
    static String choose(
            boolean bare,
            @Nullable String head,
            @Nullable String originHead,
            Predicate<String> exists) {
        if (bare && head != null) {
            return head;
        }
        if (originHead != null && exists.test(localOf(originHead))) {
            return localOf(originHead);
        }
        if (exists.test(MAIN)) {
            return MAIN;
        }
        if (exists.test(MASTER)) {
            return MASTER;
        }
        return head != null ? head : MAIN;
    }

    /** The local branch of the same name as origin's. */
    static String localOf(String originBranch) {
        return originBranch.startsWith(ORIGIN)
                ? HEADS + originBranch.substring(ORIGIN.length())
                : originBranch;
    }
}
