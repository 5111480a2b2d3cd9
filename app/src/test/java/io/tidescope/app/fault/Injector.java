package io.tidescope.app.fault;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.fault.Fault;
import io.tidescope.testing.fault.Link;
import io.tidescope.testing.fault.Target;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Makes faults happen to a cluster, each from its beginning to its end in one call. What happens to
 * one process happens one after the other. Safe for concurrent use.
 */
final class Injector {
    private static final Duration WRITTEN_LIMIT = Duration.ofSeconds(90);

    private final FaultCluster cluster;
    private final Workload workload;
    private final Random random;
    private final Map<Object, Lock> locks = new ConcurrentHashMap<>();

    /**
     * @param random which file, which byte
     */
    Injector(FaultCluster cluster, Workload workload, Random random) {
        this.cluster = cluster;
        this.workload = workload;
        this.random = random;
    }

    /** Makes it happen; when this returns it is over, and what it has broken may mend itself. */
    void inject(Fault fault) {
        switch (fault) {
            case Fault.Kill kill ->
                    whileDown(kill.target(), NodeProcess::kill, () -> pass(kill.away()));
            case Fault.Freeze freeze -> freeze(freeze);
            case Fault.Cut cut -> disturb(cut.from(), cut.to(), Link::cut, cut.duration());
            case Fault.Stall stall ->
                    disturb(stall.from(), stall.to(), Link::stall, stall.duration());
            case Fault.Slow slow ->
                    disturb(slow.from(), slow.to(), link -> link.slow(slow.by()), slow.duration());
            case Fault.FullDisk full -> fill(full);
            case Fault.Corrupt(Target store) ->
                    whileDown(store, killOnceWritten(store), () -> disk(store).flip(random));
            case Fault.Truncate(Target store) ->
                    whileDown(store, killOnceWritten(store), () -> disk(store).truncate(random));
            case Fault.LoseDisk(Target store) ->
                    whileDown(store, NodeProcess::kill, () -> disk(store).lose());
            case Fault.Outlast(Target store) ->
                    whileDown(
                            store,
                            NodeProcess::kill,
                            () -> new Deletions(cluster.connection()).awaitForgotten());
            case Fault.Replay replay -> replay(replay);
            case Fault.Poison() -> workload.poison();
            case Fault.ClockJump jump -> jump(jump);
        }
    }

    /** A store that has just lost everything has nothing to damage for a moment. */
    private Consumer<NodeProcess> killOnceWritten(Target store) {
        return process -> {
            Eventually.until(WRITTEN_LIMIT, store + " has written a table", disk(store)::hasTable);
            process.kill();
        };
    }

    private StoreDisk disk(Target store) {
        return cluster.disk(store);
    }

    /** Does something while the process is away. */
    private void whileDown(Target target, Consumer<NodeProcess> end, Runnable meanwhile) {
        alone(
                target,
                () -> {
                    NodeProcess process = cluster.process(target);
                    end.accept(process);
                    try {
                        meanwhile.run();
                    } finally {
                        process.start();
                    }
                });
    }

    private void freeze(Fault.Freeze freeze) {
        alone(
                freeze.target(),
                () -> {
                    NodeProcess process = cluster.process(freeze.target());
                    process.freeze();
                    try {
                        pass(freeze.duration());
                    } finally {
                        process.thaw();
                    }
                });
    }

    private void disturb(Target from, Target to, Consumer<Link> how, Duration duration) {
        Link link = cluster.link(from, to);
        alone(
                link,
                () -> {
                    how.accept(link);
                    try {
                        pass(duration);
                    } finally {
                        link.heal();
                    }
                });
    }

    private void fill(Fault.FullDisk full) {
        StoreDisk disk = disk(full.store());
        alone(
                disk,
                () -> {
                    disk.fill();
                    try {
                        pass(full.duration());
                    } finally {
                        disk.free();
                    }
                });
    }

    private void replay(Fault.Replay replay) {
        List<Target> parsers = FaultCluster.targets(Target.Role.PARSER);
        Runnable reset = () -> new ParserOffsets(cluster.connection()).goBack(replay.records());
        for (Target parser : parsers) {
            Runnable inner = reset;
            reset = () -> whileDown(parser, NodeProcess::stop, inner);
        }
        alone(Fault.Replay.class, reset);
    }

    private void jump(Fault.ClockJump jump) {
        FakeClock clock = cluster.clock(jump.target());
        alone(
                jump.target(),
                () -> {
                    NodeProcess process = cluster.process(jump.target());
                    process.stop();
                    process.start(clock.environment());
                    clock.jump(jump.by());
                    pass(jump.duration());
                    clock.jump(Duration.ZERO);
                    pass(Duration.ofSeconds(2));
                    process.stop();
                    process.start();
                });
    }

    private void alone(Object what, Runnable action) {
        Lock lock = locks.computeIfAbsent(what, unused -> new ReentrantLock());
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** How long a fault lasts is part of what it is. */
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
