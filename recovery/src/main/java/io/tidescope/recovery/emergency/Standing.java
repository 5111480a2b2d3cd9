package io.tidescope.recovery.emergency;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How a deployment stands when an emergency is refused on its way: nobody is to take for whole what
 * an earlier try has begun to delete.
 */
final class Standing {
    private final ClusterSurvey survey;
    private final Emergencies emergencies;
    private final String code;
    private final Intent intent;

    /**
     * @param code of the emergency that is under way
     * @param intent what it is to do
     */
    Standing(ClusterSurvey survey, Emergencies emergencies, String code, Intent intent) {
        this.survey = survey;
        this.emergencies = emergencies;
        this.code = code;
        this.intent = intent;
    }

    /**
     * The refusal and how things stand then; as it is when that cannot be found out, and for steps
     * that say it themselves.
     */
    TideScopeException told(Step step, TideScopeException refusal) throws InterruptedException {
        if (refusal.code() == ErrorCode.UNAVAILABLE || step.compareTo(Step.RESTORE) > 0) {
            return refusal;
        }
        try {
            return new TideScopeException(
                    refusal.code(),
                    "%s%n%s".formatted(refusal.getMessage(), describe(step)),
                    refusal);
        } catch (TideScopeException e) {
            refusal.addSuppressed(e);
            return refusal;
        }
    }

    private String describe(Step step) throws InterruptedException {
        if (step == Step.RESTORE) {
            return intent.topics().isEmpty()
                    ? "The restore is not complete."
                    : "The restore is not complete, and what was there when it was agreed to is"
                            + " deleted.";
        }
        List<String> others =
                emergencies.unfinished(intent).stream()
                        .filter(each -> each.step().compareTo(Step.CLEAR) >= 0)
                        .map(EmergencyPlan.Unfinished::code)
                        .filter(each -> !each.equals(code))
                        .toList();
        return describe(intent.topics(), survey.topics(), others);
    }

    /**
     * What is deleted so far, as the cluster has it.
     *
     * @param agreed ids by names of what is to be deleted
     * @param there the same of what there is
     * @param others codes of other emergencies that have begun to delete
     */
    static String describe(
            SortedMap<String, String> agreed,
            SortedMap<String, String> there,
            List<String> others) {
        List<String> gone = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, String> topic : agreed.entrySet()) {
            (topic.getValue().equals(there.get(topic.getKey())) ? left : gone).add(topic.getKey());
        }
        if (!gone.isEmpty()) {
            return "Deleted so far: %s. Still there: %s."
                    .formatted(
                            String.join(", ", gone),
                            left.isEmpty() ? "none" : String.join(", ", left));
        }
        return others.isEmpty()
                ? "So far no topic was deleted."
                : "So far no topic was deleted, unless by what was begun before and is not complete: emergency %s."
                        .formatted(String.join(", ", others));
    }
}
