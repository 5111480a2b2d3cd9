package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeChange;
import io.tidescope.ingest.git.TreeEntry;

import org.jspecify.annotations.Nullable;

/** What has to be said on the log about one Java file. */
sealed interface FileEdit {
    RawPath path();

    /** The file is new, or its content or mode is. */
    record Write(RawPath path, TreeEntry entry) implements FileEdit {}

    /** The file is gone, or is no Java file any more. */
    record Remove(RawPath path) implements FileEdit {}

    /** Null when the change is none to Java files. */
    static @Nullable FileEdit of(TreeChange change) {
        TreeEntry before = java(change.path(), change.before());
        TreeEntry after = java(change.path(), change.after());
        if (after != null) {
            return after.equals(before) ? null : new Write(change.path(), after);
        }
        return before == null ? null : new Remove(change.path());
    }

    private static @Nullable TreeEntry java(RawPath path, @Nullable TreeEntry entry) {
        return entry != null && FileKind.of(path, entry) == FileKind.JAVA ? entry : null;
    }
}
