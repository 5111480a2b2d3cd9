package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeChange;
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
 */
final class Publication {
    /** Revisions between two looks that a reader may still wait for by name. */
    private static final int MAX_ANCESTORS = 256;

    private final GitRepository git;
    private final PublishSession session;
    private final RefEvents events;
    private final Extent extent;
    private final PublishLimits limits;
    private final InstantSource clock;
    private final PublishListener listener;
    private final BooleanSupplier stopped;
    private final InlineContent contents;

    private @Nullable RawPath lastPath;
    private int published;
    private int batchFiles;
    private long batchBytes;
    private int writes;
    private int removals;
    private int rejections;
    private long bytes;
    private int transactions;

    /**
     * @param stopped asked before each edit; once true, the open transaction is given up
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
        this.published = events.plan().published();
    }

    /**
     * @param base what {@link Extent} was measured against
     * @throws CancellationException when stopped; what was committed stays, and is continued from
     */
    PublishedRef run(Published base) {
        progressed();
        session.begin();
        try {
            base.compare(git, events.plan().target(), this::visit);
            finish();
        } catch (RuntimeException e) {
            abortAfter(e);
            throw e;
        }
        PublishedRef done =
                new PublishedRef(
                        events.before().getRepository(),
                        events.before().getRef(),
                        events.plan().target(),
                        events.plan().sequence(),
                        writes,
                        removals,
                        rejections,
                        bytes,
                        transactions);
        listener.published(done);
        return done;
    }

    private void abortAfter(RuntimeException failure) {
        try {
            session.abort();
        } catch (TideScopeException e) {
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
            case FileEdit.Write write -> send(write);
            case FileEdit.Remove remove -> {
                session.send(events.remove(remove.path()));
                removals++;
            }
        }
        lastPath = edit.path();
        batchFiles++;
        published++;
    }

    private void send(FileEdit.Write write) {
        Upsert upsert = contents.read(git, write.entry());
        session.send(events.write(write.path(), upsert));
        writes++;
        if (upsert.getContent() == null) {
            rejections++;
        } else {
            bytes += upsert.getSize();
            batchBytes += upsert.getSize();
        }
    }

    private void commitBatch() {
        if (lastPath == null) {
            return;
        }
        session.commit(events.inProgress(lastPath, published, extent.edits(), clock.instant()));
        committed();
        session.begin();
    }

    private void finish() {
        String target = events.plan().target();
        List<byte[]> ancestors = target == null ? List.of() : git.ancestors(target, MAX_ANCESTORS);
        session.sendToEveryPartition(events.marker(extent.counts(), ancestors));
        session.commit(events.complete(extent.counts(), clock.instant()));
        committed();
    }

    private void committed() {
        transactions++;
        batchFiles = 0;
        batchBytes = 0;
        progressed();
    }

    private void progressed() {
        listener.progressed(
                events.before().getRepository(),
                events.before().getRef(),
                published,
                extent.edits());
    }
}
