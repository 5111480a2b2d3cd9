package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeChange;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Upsert;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One publish of one ref being carried out: edits in the order of paths, in transactions of limited
 * size; each but the last says how far it came, the last carries the markers.
 *
 * <p>A file that git cannot read is passed over and stays in the index as it was. What is published
 * then is no commit's tree, so there are no markers, and the next attempt starts from the log.
 */
final class Publication {
    /** Revisions between two looks that a reader may still wait for by name. */
    private static final int MAX_ANCESTORS = 256;

    /** With more of them it is not single files that are damaged, and the rest is not tried. */
    private static final int MAX_UNREADABLE = 100;

    private final GitRepository git;
    private final PublishSession session;
    private final RefEvents events;
    private final Extent extent;
    private final PublishLimits limits;
    private final InstantSource clock;
    private final PublishListener listener;
    private final BooleanSupplier stopped;
    private final InlineContent contents;
    private final PublishTrace trace = PublishTrace.current();

    private @Nullable RawPath lastPath;
    private @Nullable UnreadableFiles unreadable;
    private int published;
    private int batchFiles;
    private long batchBytes;
    private int writes;
    private int removals;
    private int rejections;
    private long bytes;
    private int transactions;

    /**
     * @param stopped asked before each edit; once true, what was sent is committed and no more sent
     */
    Publication(
            GitRepository git,
            PublishSession session,
            RefEvents events,
            Extent extent,
            PublishLimits limits,
            InstantSource clock,
            PublishListener listener,
            BooleanSupplier stopped) {
        this.git = git;
        this.session = session;
        this.events = events;
        this.extent = extent;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.stopped = stopped;
        this.contents = new InlineContent(limits);
        this.lastPath = events.plan().after();
        this.published = events.plan().published();
    }

    /**
     * @param base what {@link Extent} was measured against
     * @throws CancellationException when stopped; what was committed stays, and is continued from
     */
    PublishOutcome run(Published base) {
        String target = events.plan().target();
        List<byte[]> ancestors;
        progressed();
        try {
            base.compare(git, target, this::visit);
            ancestors = target == null ? List.of() : git.ancestors(target, MAX_ANCESTORS);
        } catch (TooManyUnreadable e) {
            ancestors = List.of();
        } catch (RuntimeException e) {
            keepAfter(e);
            throw e;
        }
        if (unreadable != null) {
            commitBatch();
            return new PublishOutcome.Incomplete(unreadable);
        }
        finish(ancestors);
        PublishedRef done =
                new PublishedRef(
                        events.before().getRepository(),
                        events.before().getRef(),
                        target,
                        events.plan().sequence(),
                        writes,
                        removals,
                        rejections,
                        bytes,
                        transactions);
        listener.published(done);
        return new PublishOutcome.Complete(done);
    }

    /** Taken back at every attempt, what was sent would fill the log with what nobody reads. */
    private void keepAfter(RuntimeException failure) {
        try {
            if ((batchFiles > 0 || unreadable != null) && !session.isBroken()) {
                commitBatch();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void visit(TreeChange change) {
        RawPath after = events.plan().after();
        if (after != null && change.path().compareTo(after) <= 0) {
            return;
        }
        FileEdit edit = FileEdit.of(change);
        if (edit == null) {
            return;
        }
        if (stopped.getAsBoolean()) {
            throw new CancellationException("publishing was stopped");
        }
        if (batchFiles >= limits.batchFiles() || batchBytes >= limits.batchBytes()) {
            commitBatch();
        }
        switch (edit) {
            case FileEdit.Write write -> {
                Upsert content = read(write);
                if (content == null) {
                    return;
                }
                send(write.path(), content);
            }
            case FileEdit.Remove remove -> {
                session.send(events.remove(remove.path()), trace.ofChange());
                removals++;
            }
        }
        lastPath = edit.path();
        batchFiles++;
        published++;
    }

    /** Null when git cannot read it. */
    private @Nullable Upsert read(FileEdit.Write write) {
        try {
            return contents.read(git, write.entry());
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            unreadable =
                    unreadable == null
                            ? new UnreadableFiles(write.entry().object(), write.path(), 1, e)
                            : unreadable.oneMore();
            if (unreadable.count() == MAX_UNREADABLE) {
                throw new TooManyUnreadable();
            }
            return null;
        }
    }

    private void send(RawPath path, Upsert content) {
        session.send(events.write(path, content), trace.ofChange());
        writes++;
        if (content.getContent() == null) {
            rejections++;
        } else {
            bytes += content.getSize();
            batchBytes += content.getSize();
        }
    }

    /** Nothing when nothing of this publish is on the log. */
    private void commitBatch() {
        if (lastPath == null) {
            return;
        }
        boolean fromLog = events.plan().fromLog() || unreadable != null;
        session.commit(
                events.inProgress(lastPath, published, extent.edits(), fromLog, clock.instant()));
        committed();
    }

    private void finish(List<byte[]> ancestors) {
        session.sendToEveryPartition(events.marker(extent.counts(), ancestors), trace.ofMarker());
        session.commit(events.complete(extent.counts(), clock.instant()));
        committed();
    }

    private void committed() {
        transactions++;
        batchFiles = 0;
        batchBytes = 0;
        progressed();
    }

    /** Ends the comparison. */
    private static final class TooManyUnreadable extends RuntimeException {}

    private void progressed() {
        listener.progressed(
                events.before().getRepository(),
                events.before().getRef(),
                published,
                extent.edits());
    }
}
