package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeEntry;

/** What ingest makes of a tree's entry: only Java files are published, the rest is counted. */
enum FileKind {
    JAVA,
    OTHER,
    SYMLINK,
    SUBMODULE;

    private static final String JAVA_SUFFIX = ".java";

    /** A Java file whose path is not UTF-8 cannot be named in the index, and counts as OTHER. */
    static FileKind of(RawPath path, TreeEntry entry) {
        if (entry.isSymlink()) {
            return SYMLINK;
        }
        if (entry.isSubmodule()) {
            return SUBMODULE;
        }
        return entry.isRegular() && path.endsWith(JAVA_SUFFIX) && path.text() != null
                ? JAVA
                : OTHER;
    }

    /** Whether the entry would be a Java file, had its path a name in UTF-8. */
    static boolean isUnnameable(RawPath path, TreeEntry entry) {
        return entry.isRegular() && path.endsWith(JAVA_SUFFIX) && path.text() == null;
    }
}
