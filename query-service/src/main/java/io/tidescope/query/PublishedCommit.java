package io.tidescope.query;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.store.query.ReachedRef;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A commit and where it stands in the order of publishes at one moment.
 *
 * <p>A ref can be moved back to a commit that the index has come through before. That a partition
 * has seen the commit is not enough then: it must have come to the publish that moved the ref.
 *
 * @param states of the refs that stand at the commit or are on their way to it, by ref
 */
record PublishedCommit(String commit, Map<RefKey, RefState> states) {
    static PublishedCommit of(String commit, Collection<RefState> states) {
        return new PublishedCommit(
                commit,
                states.stream()
                        .filter(state -> isTarget(commit, state) || isPublished(commit, state))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        state -> new RefKey(state.getRepository(), state.getRef()),
                                        state -> state)));
    }

    /** Whether a partition that has come to the commit on these refs holds it on one of them. */
    boolean isHeldBy(List<ReachedRef> reached) {
        return reached.stream().anyMatch(this::isHeldBy);
    }

    private boolean isHeldBy(ReachedRef reached) {
        RefState state = states.get(reached.ref());
        if (state == null || reached.sequence() >= state.getSequence()) {
            return true;
        }
        // While the next publish is under way, the state does not tell the sequence of the last
        // complete one any more, and its commit has to do.
        return state.getProgress() != null
                && !isTarget(commit, state)
                && commit.equals(reached.commit());
    }

    private static boolean isPublished(String commit, RefState state) {
        return commit.equals(state.getCommit());
    }

    private static boolean isTarget(String commit, RefState state) {
        PublishProgress progress = state.getProgress();
        return progress != null && commit.equals(progress.getTarget());
    }
}
