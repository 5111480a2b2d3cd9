package io.tidescope.recovery.emergency;

import io.tidescope.recovery.archive.Validation;
import io.tidescope.recovery.restore.Restore;
import io.tidescope.recovery.restore.Restored;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.recovery.restore.VerificationReport;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What the steps of an emergency consist of; each can be done again. */
final class StepWork {
    private final Restore restore;
    private final Verification verification;
    private final Operator operator;
    private final Duration patience;
    private final Topics topics;
    private final BooleanSupplier allowed;

    StepWork(
            Restore restore,
            Verification verification,
            Operator operator,
            Duration patience,
            Topics topics,
            BooleanSupplier allowed) {
        this.restore = restore;
        this.verification = verification;
        this.operator = operator;
        this.patience = patience;
        this.topics = topics;
        this.allowed = allowed;
    }

    void run(Step step, Intent intent, Admin admin, Turn turn) throws InterruptedException {
        switch (step) {
            case VALIDATE -> validate(admin);
            case STOP -> stop(admin);
            case CLEAR -> clear(intent, admin, turn);
            case RESTORE -> restore();
            case VERIFY -> verify();
            case RESTART -> restart();
        }
    }

    /**
     * The backup, and all else that could keep it from being restored when nothing else is left.
     */
    private void validate(Admin admin) {
        Validation.Outcome outcome = restore.check();
        restore.registerSchemas();
        new TopicAdmin(admin).requireCreatable(topics);
        operator.say(
                Step.VALIDATE,
                "backup %d is sound: %,d records in %,d segments, every byte was read"
                        .formatted(outcome.id(), outcome.records(), outcome.segments()));
    }

    private void stop(Admin admin) throws InterruptedException {
        operator.stopRoles(allowed);
        new RolesAtWork(admin, topics.names())
                .awaitNobody(patience, allowed, there -> operator.say(Step.STOP, there));
        operator.say(Step.STOP, "no parser, store or archiver is there, and nothing is published");
    }

    private void clear(Intent intent, Admin admin, Turn turn) throws InterruptedException {
        new Clearing(admin, new ClusterSurvey(admin, topics), turn, topics.names())
                .run(intent.topics());
        operator.say(
                Step.CLEAR,
                intent.topics().isEmpty()
                        ? "there was no topic to delete"
                        : "deleted: " + String.join(", ", intent.topics().keySet()));
    }

    private void restore() throws InterruptedException {
        Restored restored = restore.run();
        operator.say(
                Step.RESTORE,
                "%,d changes, %,d documents and %,d failures written"
                        .formatted(restored.changes(), restored.documents(), restored.failures()));
    }

    private void verify() throws InterruptedException {
        VerificationReport report = verification.run();
        if (!report.isSound()) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "What was restored is not what the backup has, and no role starts there; look at another backup or moment, without a code:%n  %s"
                            .formatted(String.join("%n  ".formatted(), report.problems())));
        }
        operator.say(
                Step.VERIFY,
                "%,d refs read back and %,d files parsed again: everything as in the backup"
                        .formatted(report.refs(), report.samples()));
        report.differences()
                .forEach(
                        each ->
                                operator.say(
                                        Step.VERIFY,
                                        "another tree, as after another version's parser: "
                                                + each));
    }

    private void restart() throws InterruptedException {
        restore.release();
        operator.startRoles(allowed);
    }
}
