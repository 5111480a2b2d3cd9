package io.tidescope.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What something costs, of work that is done with it and without it in turns.
 *
 * <p>Each round has both twice, the second time in the other order: what comes second has the
 * leavings of the first. The figure is the ratio within a round, in the middle of the rounds.
 */
public final class InTurns {
    private final List<Cost> with = new ArrayList<>();
    private final List<Cost> without = new ArrayList<>();

    private InTurns() {}

    /**
     * Does the work.
     *
     * @param warmUp rounds before those that count
     * @param rounds that count; at least one
     * @param with does it and tells what it took
     */
    public static InTurns measure(
            int warmUp, int rounds, Callable<Cost> with, Callable<Cost> without) throws Exception {
        InTurns measured = new InTurns();
        for (int round = -warmUp; round < rounds; round++) {
            Cost first = with.call();
            Cost second = without.call().plus(without.call());
            first = first.plus(with.call());
            if (round >= 0) {
                measured.with.add(first);
                measured.without.add(second);
            }
        }
        return measured;
    }

    /** In the middle of the rounds, each of which the machine did what it does at that time. */
    private double percent(ToDoubleFunction<Cost> part) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < with.size(); i++) {
            ratios.add(part.applyAsDouble(with.get(i)) / part.applyAsDouble(without.get(i)));
        }
        return (middle(ratios) - 1) * 100;
    }

    private static double seconds(List<Cost> rounds) {
        return middle(rounds.stream().map(Cost::seconds).toList()) / 2;
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The figures, for people. */
    @Override
    public String toString() {
        return "in the middle of %d rounds %.2f s with, %.2f s without; %+.1f %% of time, %+.1f %% of the processor"
                .formatted(
                        with.size(),
                        seconds(with),
                        seconds(without),
                        percent(Cost::seconds),
                        percent(Cost::processorSeconds));
    }
}
