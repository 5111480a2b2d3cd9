package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * The records that one publish of one ref writes.
 *
 * @param before what was published when it began
 * @param location where the repository is
 * @param defaultRef whether the ref is the default branch
 * @param plan what is published
 * @param startedAt when the publish began
 */
record RefEvents(
        RefState before, String location, boolean defaultRef, PublishPlan plan, Instant startedAt) {

    /** The state of a ref of which nothing was ever published. */
    static RefState unpublished(String repository, String ref, String location, Instant now) {
        return new RefState(repository, ref, false, location, 0L, null, 0, 0, 0, 0, null, now);
    }

    FileChange write(RawPath path, Upsert content) {
        return change(path.toString(), content);
    }

    FileChange remove(RawPath path) {
        return change(path.toString(), new Delete());
    }

    FileChange marker(FileCounts counts, List<byte[]> ancestors) {
        return change(
                "",
                new RevisionMarker(
                        before.getRepository(),
                        before.getRef(),
                        plan.target(),
                        plan.sequence(),
                        defaultRef,
                        ancestors.stream().map(ByteBuffer::wrap).toList(),
                        startedAt,
                        counts.javaFiles(),
                        counts.otherFiles(),
                        counts.symlinks(),
                        counts.submodules()));
    }

    private FileChange change(String path, Object change) {
        String target = plan.target();
        return new FileChange(
                before.getRepository(),
                before.getRef(),
                path,
                plan.sequence(),
                target == null ? "" : target,
                startedAt,
                change);
    }

    /** The commit and the counts stay those of the last complete publish. */
    RefState inProgress(RawPath lastPath, int published, int total, boolean fromLog, Instant now) {
        PublishProgress progress =
                new PublishProgress(
                        plan.target(),
                        ByteBuffer.wrap(lastPath.toBytes()),
                        published,
                        total,
                        fromLog);
        return state(before.getCommit(), FileCounts.of(before), progress, now);
    }

    RefState complete(FileCounts counts, Instant now) {
        return state(plan.target(), counts, null, now);
    }

    private RefState state(
            @Nullable String commit,
            FileCounts counts,
            @Nullable PublishProgress progress,
            Instant now) {
        return new RefState(
                before.getRepository(),
                before.getRef(),
                defaultRef,
                location,
                plan.sequence(),
                commit,
                counts.javaFiles(),
                counts.otherFiles(),
                counts.symlinks(),
                counts.submodules(),
                progress,
                now);
    }
}
