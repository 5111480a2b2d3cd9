package io.tidescope.ingest;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.tidescope.ingest.git.GitRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.Messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Publishes refs of one repository, each up to its tip. For one thread. */
final class RefPublisher {
    /** What a span of a publish is called. */
    private static final String SPAN = "publish";

    private static final Logger LOG = LoggerFactory.getLogger(RefPublisher.class);

    private final TrackedRepository repository;
    private final EventLog log;
    private final PublishLimits limits;
    private final InstantSource clock;
    private final PublishListener listener;
    private final BooleanSupplier stopped;
    private final Runnable beforeLong;
    private final Map<String, Stuck> stuck = new HashMap<>();

    /** A commit of which files could not be read. */
    private record Stuck(@Nullable String target, UnreadableFiles files) {}

    /**
     * @param stopped once true, a publish under way gives up
     * @param beforeLong called before what may take long; may wait, and may be called again
     */
    RefPublisher(
            TrackedRepository repository,
            EventLog log,
            PublishLimits limits,
            InstantSource clock,
            PublishListener listener,
            BooleanSupplier stopped,
            Runnable beforeLong) {
        this.repository = repository;
        this.log = log;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.stopped = stopped;
        this.beforeLong = beforeLong;
    }

    /**
     * The next publish that the ref needs, carried out; null when it needs none.
     *
     * @param tip null when the ref does not exist
     * @throws TideScopeException CORRUPT when not all of the tip can be read; what can is published
     */
    @Nullable PublishedRef publishNext(
            GitRepository git,
            PublishSession session,
            String ref,
            @Nullable String tip,
            boolean defaultRef) {
        requireReadable(git, ref, tip);
        RefState state = session.find(ref);
        if (state == null) {
            String location = repository.directory().toString();
            state = RefEvents.unpublished(repository.name(), ref, location, clock.instant());
        }
        long least = log.permit().require();
        PublishPlan plan = PublishPlan.next(state, tip, defaultRef, git::holds, least);
        if (plan == null) {
            return null;
        }
        try (ActiveSpan span = begin(ref, plan)) {
            try {
                return publish(git, session, state, plan, tip, defaultRef);
            } catch (RuntimeException | Error e) {
                span.fail(e.toString());
                throw e;
            }
        }
    }

    private ActiveSpan begin(String ref, PublishPlan plan) {
        String topic = log.names().fileChanges();
        return log.tracing()
                .begin(SPAN, SpanKind.PRODUCER, Context.current())
                .set(Messaging.SYSTEM, Messaging.KAFKA)
                .set(Messaging.OPERATION, SPAN)
                .set(Messaging.DESTINATION, topic)
                .set(Messaging.REPOSITORY, repository.name())
                .set(Messaging.REF, ref)
                .set(Messaging.REVISION, plan.target());
    }

    private PublishedRef publish(
            GitRepository git,
            PublishSession session,
            RefState state,
            PublishPlan plan,
            @Nullable String tip,
            boolean defaultRef) {
        String ref = state.getRef();
        String location = repository.directory().toString();
        if (plan.fromLog() || plan.base() == null) {
            beforeLong.run();
        }
        Measured measured = measure(git, state, plan, tip);
        if (measured.extent().edits() > limits.batchFiles()) {
            beforeLong.run();
        }
        LOG.atInfo()
                .addKeyValue("repository", repository.name())
                .addKeyValue("ref", ref)
                .addKeyValue("revision", measured.plan().target())
                .addKeyValue("changes", measured.extent().edits())
                .addKeyValue("continued", measured.plan().after() != null)
                .addKeyValue("from_log", measured.plan().fromLog())
                .log("Publishing");
        RefEvents events =
                new RefEvents(state, location, defaultRef, measured.plan(), clock.instant());
        Publication publication =
                new Publication(
                        git, session, events, measured.extent(), limits, clock, listener, stopped);
        return switch (publication.run(measured.base())) {
            case PublishOutcome.Complete(PublishedRef done) -> done;
            case PublishOutcome.Incomplete(UnreadableFiles files) -> {
                stuck.put(ref, new Stuck(measured.plan().target(), files));
                throw files.toException(ref);
            }
        };
    }

    /** Looks at the file before the log is read, for nothing, to publish all the others. */
    private void requireReadable(GitRepository git, String ref, @Nullable String tip) {
        Stuck before = stuck.remove(ref);
        if (before == null || !Objects.equals(before.target(), tip)) {
            return;
        }
        try {
            git.read(before.files().object(), limits.readBytes());
        } catch (TideScopeException e) {
            stuck.put(ref, before);
            throw before.files().toException(ref);
        }
    }

    /** What is to be done, and what it starts from. */
    private record Measured(PublishPlan plan, Published base, Extent extent) {}

    private Measured measure(
            GitRepository git, RefState state, PublishPlan plan, @Nullable String tip) {
        if (!plan.fromLog()) {
            try {
                return measure(git, state, plan, new Published.Revision(plan.base()));
            } catch (TideScopeException e) {
                boolean treeOfTip = plan.base() == null && Objects.equals(plan.target(), tip);
                if (e.code() != ErrorCode.CORRUPT || treeOfTip) {
                    throw e;
                }
                // Parts of the tree of what is published, or half published, are gone.
                beforeLong.run();
                long least = log.permit().require();
                return measure(git, state, PublishPlan.fromLog(state, tip, least), tip);
            }
        }
        git.diff(null, plan.target(), change -> {}); // else the log would be read for nothing
        return measure(git, state, plan, LoggedFiles.read(repository.name(), state.getRef(), log));
    }

    private static Measured measure(
            GitRepository git, RefState state, PublishPlan plan, Published base) {
        return new Measured(
                plan, base, Extent.measure(git, base, plan.target(), FileCounts.of(state)));
    }
}
