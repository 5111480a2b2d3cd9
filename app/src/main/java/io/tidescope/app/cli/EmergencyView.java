package io.tidescope.app.cli;

import io.tidescope.app.client.Columns;
import io.tidescope.recovery.emergency.EmergencyPlan;
import io.tidescope.recovery.emergency.FoundTopic;

import java.util.ArrayList;
import java.util.List;

/** Shows what an emergency would do. */
final class EmergencyView {
    private EmergencyView() {}

    /**
     * What would be done.
     *
     * @param code to be given with {@code --confirm}
     * @param restore what would be restored
     * @param cluster the Kafka cluster's id
     * @param deleted topics
     * @param atWork who would have to end
     * @param unfinished what was begun before
     */
    record Plan(
            String code,
            RestoreView.Plan restore,
            String cluster,
            List<FoundTopic> deleted,
            List<String> atWork,
            List<Begun> unfinished) {
        static Plan of(EmergencyPlan plan, RestoreView.Plan restore) {
            return new Plan(
                    plan.code(),
                    restore,
                    plan.cluster(),
                    plan.topics(),
                    plan.atWork(),
                    plan.unfinished().stream()
                            .map(
                                    each ->
                                            new Begun(
                                                    each.code(),
                                                    each.backup(),
                                                    each.step().toString(),
                                                    each.begun().toString()))
                            .toList());
        }
    }

    /** One that is not complete. */
    record Begun(String code, long backup, String step, String begun) {}

    /** What was done. */
    record Result(String code, boolean complete) {}

    /**
     * @param moment options that name what is restored
     */
    static List<String> lines(Plan plan, String moment) {
        List<String> lines = new ArrayList<>(RestoreView.lines(plan.restore()));
        lines.add("cluster    " + plan.cluster());
        lines.add("");
        if (plan.deleted().isEmpty()) {
            lines.add("nothing would be deleted: there is no topic of the deployment");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("WOULD BE DELETED", "RECORDS", "ID"));
            for (FoundTopic topic : plan.deleted()) {
                Long records = topic.records();
                rows.add(
                        List.of(
                                topic.name(),
                                records == null ? "unknown" : Quantity.count(records),
                                topic.id()));
            }
            lines.addAll(Columns.of(rows));
        }
        plan.atWork().forEach(each -> lines.add("must end   " + each));
        for (Begun begun : plan.unfinished()) {
            lines.add(
                    "begun      emergency %s of backup %d is at step %s since %s; to go on with it: --confirm %s, with its --backup and --at"
                            .formatted(
                                    begun.code(),
                                    begun.backup(),
                                    begun.step(),
                                    begun.begun(),
                                    begun.code()));
        }
        lines.add("");
        lines.add(
                "Nothing was changed. To do this: %s --confirm %s".formatted(moment, plan.code()));
        return lines;
    }
}
