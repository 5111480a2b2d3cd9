package io.tidescope.app.standalone;

import io.tidescope.parser.replay.IndexExtent;
import io.tidescope.parser.replay.IndexTopics;
import io.tidescope.parser.replay.ReplayPlan;
import io.tidescope.parser.replay.ReplayPreparation;
import io.tidescope.parser.replay.ReplayStart;
import io.tidescope.query.admin.ReplayControl;
import io.tidescope.query.admin.ReplayStatus;
import io.tidescope.query.admin.ReplayStatus.State;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RestartLimit;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Replays in one process: a second parser and store make an index beside the one that answers, and
 * take its place.
 *
 * <p>The new index follows the log until it is only moments behind. Then the old one gets nothing
 * new any more, the new one is waited for to have all that the old one has, and answers from then
 * on. What is pushed meanwhile waits for these moments; no answer goes back.
 *
 * <p>An index stands in the data directory's {@link IndexNote} before anything of it is made, and
 * until everything of it is gone. So whatever a process leaves that is killed, the next one
 * removes, and goes on with the index that answered.
 */
final class LocalReplays implements ReplayControl, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalReplays.class);

    /** How long pushes may wait for the new index to have the last of them. */
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(60);

    /** A parser that is closed meanwhile takes 20 seconds at most, a store 30. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

    private final DataDirectory data;
    private final IndexNodes.Common common;
    private final LiveIndex live;
    private final InstantSource clock;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("replay").daemon().factory());
    private volatile ReplayStatus status = ReplayStatus.NONE;

    private LocalReplays(
            DataDirectory data, IndexNodes.Common common, LiveIndex live, InstantSource clock) {
        this.data = data;
        this.common = common;
        this.live = live;
        this.clock = clock;
    }

    /** Takes replays, and removes what one has left that was cut off. */
    static LocalReplays open(
            DataDirectory data, IndexNodes.Common common, LiveIndex live, InstantSource clock) {
        LocalReplays replays = new LocalReplays(data, common, live, clock);
        replays.thread.execute(replays::removeLeftovers);
        return replays;
    }

    @Override
    public synchronized ReplayStatus begin(String from) {
        ReplayStart start = ReplayStart.parse(from, clock.instant());
        if (status.isRunning()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "A replay from %s goes on; wait for its end.".formatted(status.from()));
        }
        status = new ReplayStatus(State.PREPARING, null, from, 0, 0, clock.instant(), null, null);
        thread.execute(() -> run(start));
        return status;
    }

    @Override
    public ReplayStatus status() {
        return status;
    }

    private void run(ReplayStart start) {
        try {
            IndexNote note = removeBeside().begun();
            note.write(data.root());
            String index = Objects.requireNonNull(note.beside());
            log.atInfo().addKeyValue("index", index).log("A replay begins");
            tell(State.PREPARING, index, 0, 0);
            replay(start, index, note);
            // The new one answers, whether or not all of the other one can be removed now.
            removeLeftovers();
            end(State.DONE, null);
            log.atInfo().addKeyValue("index", index).log("The replayed index answers");
        } catch (InterruptedException e) {
            // The process stops; the next one removes what is not done.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("A replay failed");
            removeLeftovers();
            end(State.FAILED, RestartLimit.known(e).getMessage());
        } catch (Error e) {
            end(State.FAILED, e.toString());
            throw e;
        }
    }

    private void replay(ReplayStart start, String index, IndexNote note)
            throws InterruptedException, IOException {
        ReplayPlan plan =
                new ReplayPreparation(live.nodes().kafka(), live.nodes().topics())
                        .prepare(
                                start,
                                index,
                                (done, total) -> tell(State.PREPARING, index, done, total));
        IndexNodes next = IndexNodes.start(common, index, data.store(index));
        boolean answers = false;
        try (CatchUp catchUp = new CatchUp(live.nodes(), next, plan)) {
            do {
                follow(catchUp, index);
            } while (!fedToTheEnd(catchUp, index, note));
            answers = true;
            live.switchTo(next);
        } finally {
            if (!answers) {
                next.leave();
            }
        }
    }

    /**
     * Returns when the new index is only moments behind: it has at the first look what the other
     * one had right before.
     */
    private void follow(CatchUp catchUp, String index) throws InterruptedException {
        do {
            catchUp.await(
                    catchUp.goal(),
                    Long.MAX_VALUE,
                    replayed -> tell(State.REPLAYING, index, replayed.done(), replayed.total()));
        } while (!catchUp.reaches(catchUp.goal()));
    }

    /**
     * Ends the parser of the old index and waits for the new one to have all that it made. Notes
     * that the new one answers then, or else has the parser go on.
     */
    private boolean fedToTheEnd(CatchUp catchUp, String index, IndexNote note)
            throws InterruptedException, IOException {
        live.nodes().stopParsing();
        boolean complete;
        try {
            complete = hasAll(catchUp, index);
            if (complete) {
                note.switched().write(data.root());
            }
        } catch (IOException | RuntimeException e) {
            live.nodes().parse();
            throw e;
        }
        if (!complete) {
            live.nodes().parse();
        }
        return complete;
    }

    private boolean hasAll(CatchUp catchUp, String index) throws InterruptedException {
        long deadline = System.nanoTime() + SWITCH_LIMIT.toNanos();
        IndexExtent goal = catchUp.awaitLastGoal(deadline) ? catchUp.goal(deadline) : null;
        return goal != null
                && catchUp.await(
                        goal,
                        deadline,
                        replayed ->
                                tell(State.SWITCHING, index, replayed.done(), replayed.total()));
    }

    private void tell(State state, String index, long done, long total) {
        ReplayStatus now = status;
        status = new ReplayStatus(state, index, now.from(), done, total, now.begun(), null, null);
    }

    private void end(State state, @Nullable String failure) {
        ReplayStatus now = status;
        Instant ended = clock.instant();
        status =
                new ReplayStatus(
                        state,
                        now.index(),
                        now.from(),
                        state == State.DONE ? now.total() : now.done(),
                        now.total(),
                        now.begun(),
                        ended,
                        failure);
    }

    /** Removes what is not the index that answers; what the directory says then. */
    private IndexNote removeBeside() throws IOException, InterruptedException {
        IndexNote note = IndexNote.read(data.root());
        String gone = note.beside();
        if (gone == null) {
            return note;
        }
        try (Admin admin = Admin.create(common.kafka().clientProperties())) {
            new IndexTopics(admin, common.topics().withIndex(gone)).remove();
        }
        data.removeStore(gone);
        IndexNote alone = note.alone();
        alone.write(data.root());
        log.atInfo().addKeyValue("index", gone).log("An index was removed");
        return alone;
    }

    /** What cannot be removed now is, when the next replay begins or the next process starts. */
    private void removeLeftovers() {
        try {
            removeBeside();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("What a replay left is not removed yet");
        }
    }

    /** Ends what is under way; the index that answers is not touched. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            log.atWarn().log("A replay does not end");
        }
    }
}
