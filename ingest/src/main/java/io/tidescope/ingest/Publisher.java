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
    private final RefPublisher refs;
    private volatile boolean stopped;
    private @Nullable GitRepository git;
    private @Nullable PublishSession session;

    public Publisher(
            TrackedRepository repository,
            EventLog log,
            PublishLimits limits,
            InstantSource clock,
            PublishListener listener) {
        this(repository, log, limits, clock, listener, () -> {});
    }

    /**
     * @param beforeLong called before what may take long, such as a first import; may wait, and may
     *     be called again
     */
    Publisher(
            TrackedRepository repository,
            EventLog log,
            PublishLimits limits,
            InstantSource clock,
            PublishListener listener,
            Runnable beforeLong) {
        this.repository = repository;
        this.log = log;
        this.refs =
                new RefPublisher(
                        repository, log, limits, clock, listener, () -> stopped, beforeLong);
    }

    /**
     * Publishes everything that is not published yet; reads nothing but refs when nothing moved.
     *
     * @throws TideScopeException what {@link GitRepository} throws, CORRUPT after everything that
     *     can be read was published; UNAVAILABLE when Kafka or the registry fails or another
     *     publisher took over; NOT_FOUND when a configured ref does not exist and never did, after
     *     the others were published. Nothing is half-visible then, and a later call continues
     * @throws CancellationException after {@link #stop}
     */
    public PublishSummary publish() {
        try {
            return publishRefs(openGit(), openSession());
        } catch (RuntimeException | Error e) {
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
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private PublishSummary publishRefs(GitRepository git, PublishSession session) {
        Set<String> known = new LinkedHashSet<>(repository.refs());
        for (RefState state : session.states()) {
            if (isPublished(state)) {
                known.add(state.getRef());
            }
        }
        RefTips tips = git.tips(known);
        // A new default first: then the one before can give up its place.
        Set<String> followed = new LinkedHashSet<>();
        followed.add(tips.defaultRef());
        followed.addAll(known);
        List<PublishedRef> published = new ArrayList<>();
        TideScopeException corrupt = null;
        for (String ref : followed) {
            try {
                publishRef(git, session, ref, tips, published);
            } catch (TideScopeException e) {
                if (e.code() != ErrorCode.CORRUPT) {
                    throw e;
                }
                corrupt = corrupt == null ? e : corrupt; // the other refs may be sound
            }
        }
        if (corrupt != null) {
            throw corrupt;
        }
        requireConfigured(tips, session);
        return new PublishSummary(repository.name(), published);
    }

    private void publishRef(
            GitRepository git,
            PublishSession session,
            String ref,
            RefTips tips,
            List<PublishedRef> published) {
        String tip = tips.commits().get(ref);
        boolean defaultRef = isDefault(session, ref, tips.defaultRef());
        PublishedRef done;
        while ((done = refs.publishNext(git, session, ref, tip, defaultRef)) != null) {
            published.add(done);
        }
    }

    /** The one before stays it until the new one is published: there may be nothing of it yet. */
    private static boolean isDefault(PublishSession session, String ref, String defaultRef) {
        if (ref.equals(defaultRef)) {
            return true;
        }
        RefState state = session.find(ref);
        RefState next = session.find(defaultRef);
        boolean replaced =
                next != null
                        && next.getDefaultRef()
                        && next.getCommit() != null
                        && next.getProgress() == null;
        return !replaced && state != null && state.getDefaultRef();
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

    /** After a failure: git is opened afresh, and the session too when it is of no more use. */
    private void release() {
        if (git != null) {
            git.close();
            git = null;
        }
        if (session != null && !session.isClean()) {
            session.close();
            session = null;
        }
    }

    /**
     * Lets go of what is published: while another deployment publishes that changes without this
     * one hearing of it.
     */
    void rest() {
        release();
        if (session != null) {
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
