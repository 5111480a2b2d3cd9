package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeChange;
import io.tidescope.ingest.git.TreeEntry;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** What of a ref is on the log already: what the next publish starts from. */
sealed interface Published {

    /**
     * Visits what may have to change, in the order of paths: a superset of the differences.
     *
     * @param target null for a ref that is gone
     */
    void compare(GitRepository repository, @Nullable String target, Consumer<TreeChange> visitor);

    /** Whether the comparison names everything in the target rather than only what differs. */
    boolean visitsWholeTarget();

    /** Exactly the tree of a commit that the repository still has; null for nothing at all. */
    record Revision(@Nullable String commit) implements Published {
        @Override
        public void compare(
                GitRepository repository, @Nullable String target, Consumer<TreeChange> visitor) {
            repository.diff(commit, target, visitor);
        }

        @Override
        public boolean visitsWholeTarget() {
            return commit == null;
        }
    }

    /** These files, as the log tells. */
    record Files(SortedMap<RawPath, TreeEntry> entries) implements Published {
        @Override
        public void compare(
                GitRepository repository, @Nullable String target, Consumer<TreeChange> visitor) {
            Merge merge = new Merge(entries.entrySet().iterator(), visitor);
            repository.diff(null, target, merge::inTarget);
            merge.goneUpTo(null);
        }

        @Override
        public boolean visitsWholeTarget() {
            return true;
        }
    }

    /** Published files and a target's files, both in the order of paths, side by side. */
    final class Merge {
        private final Iterator<Map.Entry<RawPath, TreeEntry>> published;
        private final Consumer<TreeChange> visitor;
        private Map.@Nullable Entry<RawPath, TreeEntry> next;

        private Merge(
                Iterator<Map.Entry<RawPath, TreeEntry>> published, Consumer<TreeChange> visitor) {
            this.published = published;
            this.visitor = visitor;
            advance();
        }

        private void inTarget(TreeChange added) {
            goneUpTo(added.path());
            TreeEntry before = null;
            if (next != null && next.getKey().equals(added.path())) {
                before = next.getValue();
                advance();
            }
            visitor.accept(new TreeChange(added.path(), before, added.after()));
        }

        private void goneUpTo(@Nullable RawPath path) {
            while (next != null && (path == null || next.getKey().compareTo(path) < 0)) {
                visitor.accept(new TreeChange(next.getKey(), next.getValue(), null));
                advance();
            }
        }

        private void advance() {
            next = published.hasNext() ? published.next() : null;
        }
    }
}
