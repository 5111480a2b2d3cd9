package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Makes rules ready to be tried. */
final class RuleCompiler {
    private final HoleNames names;

    /**
     * @param names those of the whole rule
     */
    RuleCompiler(HoleNames names) {
        this.names = names;
    }

    Trial compile(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches ->
                    new PatternTrial(new CompiledPattern(matches.pattern(), names));
            case Rule.OfKind kind -> ofKind(kind.kinds());
            case Rule.Text text -> text(text.test());
            case Rule.All all -> all(compile(all.rules()));
            case Rule.Any any -> any(compile(any.rules()), mayChange(any));
            case Rule.Not not -> not(compile(not.rule()));
            case Rule.Related related -> related(related);
            case Rule.Constrained constrained -> constrained(constrained);
        };
    }

    private List<Trial> compile(List<Rule> rules) {
        return rules.stream().map(this::compile).toList();
    }

    private boolean mayChange(Rule rule) {
        return names.anyRepeated(rule);
    }

    private static Trial ofKind(Set<NodeKind> wanted) {
        Set<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
        kinds.addAll(wanted);
        return (matcher, node, rest) -> kinds.contains(matcher.tree.kind(node)) ? rest : null;
    }

    private static Trial text(TextTest test) {
        return (matcher, node, rest) -> {
            if (!matcher.tree.hasRange(node)) {
                return null;
            }
            matcher.spend();
            String text = matcher.tree.sourceText(matcher.tree.start(node), matcher.tree.end(node));
            return test.test(matcher.watched(text)) ? rest : null;
        };
    }

    private static Trial all(List<Trial> trials) {
        return (matcher, node, rest) -> {
            Task task = rest;
            for (Trial trial : trials.reversed()) {
                task = trial.at(node, task);
            }
            return task;
        };
    }

    private static Trial any(List<Trial> trials, boolean mayChange) {
        return (matcher, node, rest) -> {
            if (trials.isEmpty()) {
                return null;
            }
            Task then = mayChange ? rest : PatternTrial.staying(matcher.choices(), rest);
            for (int i = trials.size() - 1; i > 0; i--) {
                matcher.otherwise(trials.get(i).at(node, then));
            }
            return trials.getFirst().at(node, then);
        };
    }

    private static Trial not(Trial trial) {
        return (matcher, node, rest) -> matcher.wouldHold(trial, node) ? null : rest;
    }

    private Trial related(Rule.Related rule) {
        Trial trial = compile(rule.rule());
        Trial stop =
                switch (rule.stopBy()) {
                    case Rule.StopBy.Neighbour neighbour -> (matcher, node, rest) -> rest;
                    case Rule.StopBy.End end -> (matcher, node, rest) -> null;
                    case Rule.StopBy.At at -> compile(at.rule());
                };
        boolean mayChange = mayChange(rule.rule());
        return (matcher, node, rest) -> {
            Relatives.Way way = matcher.relatives.way(rule.relation(), node);
            Task then = mayChange ? rest : PatternTrial.staying(matcher.choices(), rest);
            return new RelatedStep(trial, stop, way, way.first()).run(matcher, then);
        };
    }

    private Trial constrained(Rule.Constrained rule) {
        Trial trial = compile(rule.rule());
        var tasks = new ArrayList<Task.Step>();
        new TreeMap<>(rule.constraints())
                .forEach(
                        (name, each) -> {
                            var constraint = new Constraint(each, compile(each));
                            int hole = names.number(name);
                            tasks.add((matcher, rest) -> constraint.check(hole, matcher, rest));
                        });
        return (matcher, node, rest) -> {
            Task then = rest;
            for (Task.Step step : tasks.reversed()) {
                then = new Task(step, then);
            }
            return trial.begin(matcher, node, then);
        };
    }
}
