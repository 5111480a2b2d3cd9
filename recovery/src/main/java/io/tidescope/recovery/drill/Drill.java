package io.tidescope.recovery.drill;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.restore.LiveComparison;
import io.tidescope.recovery.restore.LiveReport;
import io.tidescope.recovery.restore.Restore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestorePoint;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.recovery.restore.Restored;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.recovery.restore.VerificationReport;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Restores a backup to scratch, verifies it, holds it against the live deployment and keeps in the
 * archive what became of it. Live is only read.
 */
public final class Drill {
    /** Parsed again in some seconds. */
    private static final int SAMPLES = 100;

    private static final int MAX_PROBLEMS = 40;

    /** These say that a backup cannot be restored; others, that a drill cannot be made now. */
    private static final Set<ErrorCode> UNUSABLE =
            EnumSet.of(ErrorCode.CORRUPT, ErrorCode.NOT_FOUND, ErrorCode.UNSUPPORTED_VERSION);

    private final Archive archive;
    private final RestoreTarget live;
    private final Verification.Reparse reparse;
    private final int threads;
    private final InstantSource clock;
    private final Random random;
    private final BooleanSupplier allowed;

    /**
     * @param live what is backed up
     * @param threads partitions that are written at the same time
     * @param random draws the files that are parsed again
     * @param allowed whether to go on; asked often
     */
    public Drill(
            Archive archive,
            RestoreTarget live,
            Verification.Reparse reparse,
            int threads,
            InstantSource clock,
            Random random,
            BooleanSupplier allowed) {
        this.archive = archive;
        this.live = live;
        this.reparse = reparse;
        this.threads = threads;
        this.clock = clock;
        this.random = random;
        this.allowed = allowed;
    }

    /**
     * Runs it.
     *
     * @param backup number of a backup that is there
     * @param scratch closed at the end, whatever that is
     * @return what became of it, which the archive has by then
     * @throws TideScopeException NOT_FOUND when there is no such backup; UNAVAILABLE,
     *     UNAUTHENTICATED or PRECONDITION_FAILED when cluster, store or scratch cannot be worked
     *     with, or it was stopped: that says nothing of the backup, and is not kept
     */
    public DrillOutcome run(long backup, Scratch scratch) throws InterruptedException {
        if (!archive.backups().contains(backup)) {
            throw new TideScopeException(
                    ErrorCode.NOT_FOUND, "There is no backup %d in %s.".formatted(backup, archive));
        }
        Instant begun = clock.instant();
        Findings findings = new Findings();
        try (scratch) {
            RestorePlan plan = new RestorePoint(archive).of(backup, _ -> true);
            findings.plan = plan;
            requireSamePartitions(plan);
            restore(plan, scratch.open(plan), findings);
        } catch (TideScopeException e) {
            if (!UNUSABLE.contains(e.code())) {
                throw e;
            }
            findings.problem(String.valueOf(e.getMessage()));
        }
        DrillOutcome outcome = findings.outcome(begun, backup);
        archive.drills().add(outcome);
        return outcome;
    }

    private void requireSamePartitions(RestorePlan plan) {
        if (plan.partitions() != live.topics().partitions()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The backup has %d partitions and topics.partitions says %d: it is not of this deployment."
                            .formatted(plan.partitions(), live.topics().partitions()));
        }
    }

    private void restore(RestorePlan plan, RestoreTarget target, Findings findings)
            throws InterruptedException {
        Instant begun = clock.instant();
        Restore restore = new Restore(archive, plan, target, threads, allowed);
        findings.restored = restore.run();
        VerificationReport verified =
                new Verification(archive, plan, target, reparse, SAMPLES, random).run();
        verified.problems().forEach(findings::problem);
        if (verified.isSound()) {
            findings.took = Duration.between(begun, clock.instant());
        }
        LiveReport compared = new LiveComparison(plan, target, live, allowed).run();
        findings.compared = compared;
        compared.differences().forEach(findings::problem);
        findings.problemCount += compared.count() - compared.differences().size();
    }

    private static final class Findings {
        private final List<String> problems = new ArrayList<>();
        private @Nullable RestorePlan plan;
        private Restored restored = Restored.NOTHING;
        private @Nullable Duration took;
        private LiveReport compared = LiveReport.NOTHING;
        private long problemCount;

        void problem(String what) {
            problemCount++;
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(what);
            }
        }

        DrillOutcome outcome(Instant begun, long backup) {
            RestorePlan known = plan;
            return new DrillOutcome(
                    begun.toEpochMilli(),
                    backup,
                    problemCount == 0,
                    took == null ? null : took.toMillis(),
                    known == null
                            ? null
                            : Duration.between(known.chain().newest().begunAt(), begun).toMillis(),
                    known == null ? 0 : known.state().size(),
                    restored.changes(),
                    restored.documents(),
                    restored.bytes(),
                    compared.files(),
                    compared.documents(),
                    compared.refsAhead(),
                    compared.ahead(),
                    problemCount,
                    problems);
        }
    }
}
