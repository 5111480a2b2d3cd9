package io.tidescope.testing.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What goes wrong, and when, while repositories are pushed to and the index is asked. A pure
 * function of a seed, the kinds of faults and the shape of the cluster.
 *
 * @param steps in the order of their moments
 */
public record Scenario(long seed, List<Step> steps) {
    private static final int MAX_FAULTS = 3;
    private static final int SHORTEST_MILLIS = 200;
    private static final int LONGEST_MILLIS = 6_000;
    private static final int LONGEST_DELAY_MILLIS = 400;
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int MOST_REPLAYED = 200;
    private static final int FARTHEST_JUMP_MINUTES = 90;

    /** One in so many kills and freezes is of the registry. */
    private static final int PROCESSES_PER_REGISTRY = 8;

    /** One in so many disturbed connections is between brokers. */
    private static final int CONNECTIONS_PER_BROKERS = 4;

    public Scenario {
        steps = List.copyOf(steps);
    }

    /**
     * A fault, some time after the step before began.
     *
     * @param pause from the beginning of the step before
     */
    public record Step(Duration pause, Fault fault) {}

    /**
     * The scenario of a seed: its first fault is of the kind that is the seed's turn among those
     * possible, so that consecutive seeds have all of them equally often; others follow, and
     * overlap, by chance.
     *
     * @param possible kinds of faults that can be made here, at least one
     * @param processes how many of each role there are
     */
    public static Scenario of(
            long seed, List<FaultKind> possible, Map<Target.Role, Integer> processes) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Draw draw = new Draw(random, processes);
        List<Step> steps = new ArrayList<>();
        FaultKind kind = possible.get((int) Math.floorMod(seed, (long) possible.size()));
        int count = 1 + random.nextInt(MAX_FAULTS);
        for (int i = 0; i < count; i++) {
            Duration pause = Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS));
            steps.add(new Step(pause, draw.fault(kind)));
            kind = possible.get(random.nextInt(possible.size()));
        }
        return new Scenario(seed, steps);
    }

    /** Chooses the particulars of a fault. */
    private record Draw(Random random, Map<Target.Role, Integer> processes) {
        private static final Set<Target.Role> OURS =
                Set.of(
                        Target.Role.INGEST,
                        Target.Role.PARSER,
                        Target.Role.STORE,
                        Target.Role.GATEWAY);

        Fault fault(FaultKind kind) {
            return switch (kind) {
                case KILL -> new Fault.Kill(any(), duration());
                case KILL_BROKER -> new Fault.Kill(one(Target.Role.BROKER), duration());
                case FREEZE -> new Fault.Freeze(any(), duration());
                case FREEZE_BROKER -> new Fault.Freeze(one(Target.Role.BROKER), duration());
                case CUT -> {
                    Target from = talker();
                    yield new Fault.Cut(from, peer(from), duration());
                }
                case STALL -> {
                    Target from = talker();
                    yield new Fault.Stall(from, peer(from), duration());
                }
                case SLOW -> {
                    Target from = talker();
                    yield new Fault.Slow(from, peer(from), delay(), duration());
                }
                case FULL_DISK -> new Fault.FullDisk(one(Target.Role.STORE), duration());
                case CORRUPT -> new Fault.Corrupt(one(Target.Role.STORE));
                case TRUNCATE -> new Fault.Truncate(one(Target.Role.STORE));
                case LOSE_DISK -> new Fault.LoseDisk(one(Target.Role.STORE));
                case OUTLAST -> new Fault.Outlast(one(Target.Role.STORE));
                case REPLAY -> new Fault.Replay(1 + random.nextInt(MOST_REPLAYED));
                case POISON -> new Fault.Poison();
                case CLOCK_JUMP -> new Fault.ClockJump(ours(), jump(), duration());
            };
        }

        /** Any process but a broker. */
        private Target any() {
            return random.nextInt(PROCESSES_PER_REGISTRY) == 0
                            && processes.containsKey(Target.Role.REGISTRY)
                    ? one(Target.Role.REGISTRY)
                    : ours();
        }

        /** A process that follows repositories, parses, stores or answers. */
        private Target ours() {
            List<Target> all =
                    processes.keySet().stream()
                            .filter(OURS::contains)
                            .sorted()
                            .flatMap(
                                    role ->
                                            IntStream.range(0, count(role))
                                                    .mapToObj(number -> new Target(role, number)))
                            .toList();
            return all.get(random.nextInt(all.size()));
        }

        /** A process that talks to others. */
        private Target talker() {
            return random.nextInt(CONNECTIONS_PER_BROKERS) == 0 && count(Target.Role.BROKER) > 1
                    ? one(Target.Role.BROKER)
                    : ours();
        }

        /** Whom a process talks to. */
        private Target peer(Target from) {
            return switch (from.role()) {
                case GATEWAY -> one(Target.Role.STORE);
                case BROKER -> another(from);
                case REGISTRY, INGEST, PARSER, STORE -> one(Target.Role.BROKER);
            };
        }

        private Target another(Target than) {
            int count = count(than.role());
            int number = (than.number() + 1 + random.nextInt(count - 1)) % count;
            return new Target(than.role(), number);
        }

        private int count(Target.Role role) {
            return processes.getOrDefault(role, 0);
        }

        private Target one(Target.Role role) {
            return new Target(role, random.nextInt(processes.getOrDefault(role, 1)));
        }

        private Duration duration() {
            return Duration.ofMillis(
                    SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
        }

        private Duration delay() {
            return Duration.ofMillis(1 + random.nextInt(LONGEST_DELAY_MILLIS));
        }

        private Duration jump() {
            int minutes = 1 + random.nextInt(FARTHEST_JUMP_MINUTES);
            return Duration.ofMinutes(random.nextBoolean() ? minutes : -minutes);
        }
    }
}
