package io.tidescope.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

final class ScenarioTest {
    private static final List<FaultKind> ALL = List.of(FaultKind.values());
    private static final Map<Target.Role, Integer> SHAPE =
            Map.of(
                    Target.Role.BROKER, 3,
                    Target.Role.REGISTRY, 1,
                    Target.Role.INGEST, 1,
                    Target.Role.PARSER, 2,
                    Target.Role.STORE, 3,
                    Target.Role.GATEWAY, 2);

    @Test
    void aSeedAlwaysGivesTheSameScenario() {
        assertThat(Scenario.of(42, ALL, SHAPE)).isEqualTo(Scenario.of(42, ALL, SHAPE));
        assertThat(Scenario.of(42, ALL, SHAPE).steps())
                .isNotEqualTo(Scenario.of(42 + ALL.size(), ALL, SHAPE).steps());
    }

    @Test
    void everyKindIsTheFirstFaultOfAsManyOfConsecutiveSeeds() {
        Map<FaultKind, Long> first =
                LongStream.range(1_000, 1_000 + 10L * ALL.size())
                        .mapToObj(seed -> Scenario.of(seed, ALL, SHAPE))
                        .map(scenario -> FaultKind.of(scenario.steps().getFirst().fault()))
                        .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));

        assertThat(first).hasSize(ALL.size());
        assertThat(first.values()).containsOnly(10L);
    }

    @Test
    void onlyWhatIsPossibleGoesWrong() {
        List<FaultKind> possible = List.of(FaultKind.KILL, FaultKind.SLOW);

        assertThat(
                        LongStream.range(0, 200)
                                .mapToObj(seed -> Scenario.of(seed, possible, SHAPE))
                                .flatMap(scenario -> scenario.steps().stream())
                                .map(step -> FaultKind.of(step.fault()))
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(possible);
    }

    @Test
    void aLinkIsOneThatTheProcessesUse() {
        List<Fault.Cut> cuts =
                LongStream.range(0, 300)
                        .mapToObj(seed -> Scenario.of(seed, List.of(FaultKind.CUT), SHAPE))
                        .flatMap(scenario -> scenario.steps().stream())
                        .map(step -> (Fault.Cut) step.fault())
                        .toList();

        assertThat(cuts)
                .allSatisfy(
                        cut ->
                                assertThat(cut.to().role())
                                        .isEqualTo(
                                                cut.from().role() == Target.Role.GATEWAY
                                                        ? Target.Role.STORE
                                                        : Target.Role.BROKER))
                .allSatisfy(cut -> assertThat(cut.from()).isNotEqualTo(cut.to()));
        assertThat(cuts)
                .extracting(cut -> cut.from().role())
                .contains(
                        Target.Role.BROKER,
                        Target.Role.INGEST,
                        Target.Role.PARSER,
                        Target.Role.STORE,
                        Target.Role.GATEWAY);
    }
}
