package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.RefTips;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Publishes one repository: makes the log equal to what its refs point at.
 *
 * <p>Level-triggered: every {@link #publish} compares where the refs are with what is published, so
 * it does not matter how often or why it is called, nor what happened in between. Followed are the
 * default branch, the configured refs, and every ref that was ever published, until it is deleted
 * in git.
 *
 * <p>Each transaction carries the state it leads to. Whoever publishes next, after a crash or in
 * another process, takes over from the last one committed and fences the one before.
 *
 * <p>For one thread, but for {@link #stop}.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final TrackedRepository repository;
    private final EventLog log;
    private final PublishLimits limits;
    private final InstantSource clock;
    private final PublishListener listener;
    private volatile boolean stopped;
    private @Nullable GitRepository git;
    private @Nullable PublishSession session;

    public Publisher(
            TrackedRepository repository,
            EventLog log,
            PublishLimits limits,
            InstantSource clock,
            PublishListener listener) {
        this.repository = repository;
        this.log = log;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Publishes everything that is not published yet; reads nothing but refs when nothing moved.
     *
     * @throws TideScopeException what {@link GitRepository} throws; UNAVAILABLE when Kafka or the
     *     registry fails or another publisher took over; NOT_FOUND when a configured ref does not
     *     exist and never did, after the others were published. Nothing is half-visible then, and a
     *     later call continues
     * @throws CancellationException after {@link #stop}
     */
    public PublishSummary publish() {
        try {
            return publishRefs(openGit(), openSession());
        } catch (RuntimeException e) {
            boolean fenced = session != null && session.isFenced();
            release();
            if (fenced && !stopped) {
                return publishAfterFencing();
            }
            throw e;
        }
    }

    /** Takes over once; against a publisher that takes it back at once, waiting is the caller's. */
    private PublishSummary publishAfterFencing() {
        LOG.atInfo()
                .addKeyValue("repository", repository.name())
                .log("Another publisher had taken over; reading again what is published");
        try {
            return publishRefs(openGit(), openSession());
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    private PublishSummary publishRefs(GitRepository git, PublishSession session) {
        Set<String> followed = new LinkedHashSet<>(repository.refs());
        for (RefState state : session.states()) {
            if (isPublished(state)) {
                followed.add(state.getRef());
            }
        }
        RefTips tips = git.tips(followed);
        followed.add(tips.defaultRef());
        List<PublishedRef> published = new ArrayList<>();
        for (String ref : followed) {
            String tip = tips.commits().get(ref);
            boolean defaultRef = ref.equals(tips.defaultRef());
            for (Optional<PublishedRef> done = publishNext(ref, tip, defaultRef);
                    done.isPresent();
                    done = publishNext(ref, tip, defaultRef)) {
                published.add(done.get());
            }
        }
        requireConfigured(tips, session);
        return new PublishSummary(repository.name(), published);
    }

    private static boolean isPublished(RefState state) {
        return state.getCommit() != null || state.getProgress() != null;
    }

    private void requireConfigured(RefTips tips, PublishSession session) {
        for (String ref : repository.refs()) {
            if (tips.find(ref).isEmpty() && session.find(ref) == null) {
                throw new TideScopeException(
                        ErrorCode.NOT_FOUND,
                        repository.directory()
                                + " has no ref "
                                + ref
                                + "; create it, or take it off the refs to follow");
            }
        }
    }

    private Optional<PublishedRef> publishNext(
            String ref, @Nullable String tip, boolean defaultRef) {
        GitRepository git = openGit();
        PublishSession session = openSession();
        String location = repository.directory().toString();
        RefState state = session.find(ref);
        if (state == null) {
            state = RefEvents.unpublished(repository.name(), ref, location, clock.instant());
        }
        PublishPlan plan = PublishPlan.next(state, tip, defaultRef, git::holds);
        if (plan == null) {
            return Optional.empty();
        }
        Published base;
        Extent extent;
        try {
            base = plan.fromLog() ? readLog(ref) : new Published.Revision(plan.base());
            extent = Extent.measure(git, base, plan.target(), FileCounts.of(state));
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.CORRUPT || plan.fromLog() || plan.base() == null) {
                throw e;
            }
            // Parts of the published tree are gone; if the target's are, measuring fails again.
            plan = plan.fromTheLog(state);
            base = readLog(ref);
            extent = Extent.measure(git, base, plan.target(), FileCounts.of(state));
        }
        LOG.atInfo()
                .addKeyValue("repository", repository.name())
                .addKeyValue("ref", ref)
                .addKeyValue("revision", plan.target())
                .addKeyValue("changes", extent.edits())
                .addKeyValue("continued", plan.after() != null)
                .addKeyValue("from_log", plan.fromLog())
                .log("Publishing");
        RefEvents events = new RefEvents(state, location, defaultRef, plan, clock.instant());
        return Optional.of(
                new Publication(
                                git,
                                session,
                                events,
                                extent,
                                limits,
                                clock,
                                listener,
                                () -> stopped)
                        .run(base));
    }

    private Published readLog(String ref) {
        return LoggedFiles.read(repository.name(), ref, log);
    }

    private GitRepository openGit() {
        if (git == null) {
            git = GitRepository.open(repository.directory());
        }
        return git;
    }

    private PublishSession openSession() {
        if (session == null) {
            session = PublishSession.open(repository.name(), log);
        }
        return session;
    }

    /** After a failure: git is opened afresh, and the session too when it is broken. */
    private void release() {
        if (git != null) {
            git.close();
            git = null;
        }
        if (session != null && session.isBroken()) {
            session.close();
            session = null;
        }
    }

    /** Makes a running {@link #publish} give up soon, on whatever thread it runs. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        stop();
        if (git != null) {
            git.close();
            git = null;
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
