package io.tidescope.recovery.emergency;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.restore.Restore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * Takes a deployment back to a backup, in place: {@linkplain Step step by step}, each of which is
 * written down when it is begun and when it is done.
 *
 * <p>Stopped or killed at any moment, another one with the same code goes on, on any machine,
 * behind the last step that is done. Until all is deleted it looks again at the backup and at who
 * is at work: what was true yesterday may not be today. Of two at once one is refused.
 */
public final class Emergency {
    private static final Logger log = LoggerFactory.getLogger(Emergency.class);

    private final ObjectStore objects;
    private final Emergencies emergencies;
    private final RestorePlan plan;
    private final RestoreTarget target;
    private final Verification verification;
    private final Operator operator;
    private final Limits limits;
    private final InstantSource clock;

    /**
     * How it is done.
     *
     * @param threads partitions that are written at the same time
     * @param patience how long roles may take to end
     */
    public record Limits(int threads, Duration patience) {}

    /**
     * @param objects that has the backups; stays the caller's to close
     * @param target the deployment as it is configured
     * @param verification of that plan in that target
     */
    public Emergency(
            ObjectStore objects,
            RestorePlan plan,
            RestoreTarget target,
            Verification verification,
            Operator operator,
            Limits limits,
            InstantSource clock) {
        this.objects = objects;
        emergencies = new Emergencies(objects);
        this.plan = plan;
        this.target = target;
        this.verification = verification;
        this.operator = operator;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What would be done now. Changes nothing.
     *
     * @throws TideScopeException PRECONDITION_FAILED when the log is that of other indices, too;
     *     UNAVAILABLE when the cluster does not answer
     */
    public EmergencyPlan look() throws InterruptedException {
        try (Admin admin = Admin.create(target.kafka().clientProperties())) {
            ClusterSurvey survey = new ClusterSurvey(admin, target.topics());
            survey.requireOneIndex();
            Intent intent = intent(survey);
            return new EmergencyPlan(
                    IntentFormat.code(IntentFormat.write(intent)),
                    plan,
                    intent.cluster(),
                    survey.count(intent.topics()),
                    new RolesAtWork(admin, target.kafka().names()).find(),
                    emergencies.unfinished(intent));
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not say what there is", e);
        }
    }

    private Intent intent(ClusterSurvey survey) throws InterruptedException {
        return intent(survey.cluster(), survey.topics(), emergencies.complete());
    }

    private Intent intent(String cluster, SortedMap<String, String> topics, int earlier) {
        return new Intent(
                cluster,
                target.kafka().names().prefix(),
                target.kafka().names().index(),
                plan.chain().newest().id(),
                plan.fingerprint(),
                topics,
                earlier);
    }

    /**
     * Does it, or goes on with it.
     *
     * @param code that {@link #look} gave
     * @param allowed whether to go on; asked often
     * @throws TideScopeException PRECONDITION_FAILED when something else would be done by now,
     *     roles do not end, or another one is at work; CORRUPT when the backup is damaged, or what
     *     was restored is not what it has, and no role starts; both say in steps 1 to 4 what was
     *     deleted so far. UNAVAILABLE when cluster or store do not answer, or it was stopped: the
     *     same code goes on with it
     */
    public void run(String code, BooleanSupplier allowed) throws InterruptedException {
        Journal journal = new Journal(objects, code);
        try (Admin admin = Admin.create(target.kafka().clientProperties());
                Turn turn = Turn.take(admin, target.kafka())) {
            ClusterSurvey survey = new ClusterSurvey(admin, target.topics());
            Intent intent = agreed(journal, survey);
            StepWork work =
                    new StepWork(
                            new Restore(
                                    new Archive(objects), plan, target, limits.threads(), allowed),
                            verification,
                            operator,
                            limits.patience(),
                            target.topics(),
                            allowed);
            Standing standing = new Standing(survey, emergencies, code, intent);
            for (Step step : Step.values()) {
                if (isBehind(journal, step)) {
                    operator.say(step, "done before");
                    continue;
                }
                if (!allowed.getAsBoolean()) {
                    throw stopped();
                }
                turn.requireHeld();
                begin(journal, step);
                long begun = System.nanoTime();
                try {
                    work.run(step, intent, admin, turn);
                } catch (TideScopeException e) {
                    throw standing.told(step, e);
                }
                end(journal, step, Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not do what an emergency needs", e);
        }
    }

    private Intent agreed(Journal journal, ClusterSurvey survey) throws InterruptedException {
        Intent begun = journal.intent().orElse(null);
        if (begun == null) {
            survey.requireOneIndex();
            Intent now = intent(survey);
            String code = IntentFormat.code(IntentFormat.write(now));
            if (!code.equals(journal.code())) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "Code %s is not that of what would be done now, and nothing was done. Look again, without a code, and give the new one."
                                .formatted(journal.code()));
            }
            journal.begin(now);
            return now;
        }
        if (!intent(survey.cluster(), begun.topics(), begun.earlier()).equals(begun)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Emergency %s is of backup %d, with prefix '%s' and index '%s' in cluster %s: go on with --backup %d, with --at if it had one, and with the configuration of that deployment."
                            .formatted(
                                    journal.code(),
                                    begun.backup(),
                                    begun.prefix(),
                                    begun.index(),
                                    begun.cluster(),
                                    begun.backup()));
        }
        return begun;
    }

    private static boolean isBehind(Journal journal, Step step) {
        boolean mayHaveChanged = step.compareTo(Step.CLEAR) < 0 && !journal.isDone(Step.CLEAR);
        return !mayHaveChanged && journal.isDone(step);
    }

    private void begin(Journal journal, Step step) {
        journal.begun(step, clock.instant());
        log.atInfo()
                .addKeyValue("emergency", journal.code())
                .addKeyValue("backup", plan.chain().newest().id())
                .addKeyValue("step", step)
                .log("A step of an emergency begins");
        operator.say(step, "begins");
    }

    private void end(Journal journal, Step step, Duration took) {
        journal.done(step, clock.instant());
        log.atInfo()
                .addKeyValue("emergency", journal.code())
                .addKeyValue("step", step)
                .addKeyValue("took", took)
                .log("A step of an emergency is done");
        operator.say(step, "done");
    }

    static TideScopeException stopped() {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE, "Stopped; the same command goes on with it.");
    }
}
