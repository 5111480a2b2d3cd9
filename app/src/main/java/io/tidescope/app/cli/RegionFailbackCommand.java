package io.tidescope.app.cli;

import io.tidescope.app.config.RegionPairConfiguration;
import io.tidescope.app.region.MirrorWait;
import io.tidescope.recovery.region.MirrorLag;
import io.tidescope.recovery.region.RegionWitness;
import io.tidescope.recovery.region.Reseed;
import io.tidescope.schemas.RefKey;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Brings the region that it is run in back: empties it, has it mirrored anew, and fails over. */
@Command(
        name = "failback",
        description = {
            "Brings this region back, which published before: empties it, unless it is a mirror of"
                    + " the other one already, waits until it has everything, and fails over.",
            "Stop its roles first, and start them, and 'tidescope region mirror', when it says so."
                    + " Begun again, it goes on."
        })
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class RegionFailbackCommand implements Callable<Integer> {
    @Mixin private RegionOptions options = new RegionOptions();

    @Mixin private TakeoverOptions takeover = new TakeoverOptions();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = DurationOption.class,
            description =
                    "How long to wait until everything is mirrored; 0s to end before, to be run"
                            + " again later (default: ${DEFAULT-VALUE}).")
    private Duration patience;

    @Option(
            names = "--forget",
            paramLabel = "REF",
            converter = RefOption.class,
            description =
                    "Give up what this region alone has of a ref that git does not have any more,"
                            + " such as 'acme/shop refs/heads/old'; repeatable.")
    private Set<RefKey> forgotten = Set.of();

    @Override
    public Integer call() throws Exception {
        return options.open(this::failBack);
    }

    private int failBack(RegionPairConfiguration regions, RegionWitness witness) throws Exception {
        Answers answers = options.answers();
        if (isTakingOver(regions, witness)) {
            return takeover.run(regions, witness, answers);
        }
        new Reseed(witness, regions.own(), regions.peer(), step -> answers.say(List.of(step)))
                .run(forgotten);
        answers.say(
                List.of(
                        "Start the roles of region %s and its mirror (tidescope region mirror)."
                                .formatted(regions.own().name())));
        if (patience.isZero()) {
            answers.say(List.of("Run this again once tidescope region status shows no lag."));
            return CommandLine.ExitCode.OK;
        }
        MirrorLag lag =
                new MirrorWait(step -> answers.say(List.of(step)))
                        .await(witness, regions.own(), regions.peer(), patience);
        if (!lag.isCaughtUp()) {
            answers.warn(
                    "Not everything is mirrored after %s; region %s publishes still. Run this again."
                            .formatted(Quantity.seconds(patience), regions.peer().name()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        return takeover.run(regions, witness, answers);
    }

    /** It has begun to: there is nothing to be emptied or waited for any more. */
    private static boolean isTakingOver(RegionPairConfiguration regions, RegionWitness witness) {
        return witness.current()
                .filter(epoch -> regions.own().name().equals(epoch.next()))
                .isPresent();
    }
}
