package io.tidescope.app.cli;

import io.tidescope.app.config.RegionPairConfiguration;
import io.tidescope.app.region.Takeover;
import io.tidescope.recovery.region.Failover;
import io.tidescope.recovery.region.RegionWitness;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What is done when a region takes over, and for how long it is waited for. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class TakeoverOptions {
    @Option(
            names = "--drain-limit",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationOption.class,
            description =
                    "How long to wait for what is not mirrored yet, while the other region answers"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration drainLimit;

    @Option(
            names = "--resume",
            description = "Go on with a failover that somebody has begun and not ended.")
    private boolean resume;

    @Option(
            names = "--point",
            paramLabel = "COMMAND",
            description =
                    "A shell command that points users here once this region publishes, such as by"
                            + " DNS; TIDESCOPE_REGION and TIDESCOPE_EPOCH are in its environment.")
    private @Nullable String point;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "Wait a minute at most until /health/ready answers there.")
    private @Nullable URI gateway;

    @Option(
            names = "--reconciled-limit",
            paramLabel = "DURATION",
            defaultValue = "1m",
            converter = DurationOption.class,
            description =
                    "How long to wait until refs of which something was cut off are published as"
                            + " git has them (default: ${DEFAULT-VALUE}).")
    private Duration reconciledLimit;

    /** Has the region take over, and shows what it came to; the exit code. */
    int run(RegionPairConfiguration regions, RegionWitness witness, Answers answers)
            throws Exception {
        Failover failover =
                new Failover(
                        witness,
                        regions.own(),
                        regions.peer(),
                        regions.region().lease(),
                        InstantSource.system(),
                        RegionOptions.by(),
                        step -> answers.say(List.of(step)));
        Takeover.Outcome outcome =
                new Takeover(
                                new Takeover.Wanted(
                                        drainLimit, resume, point, gateway, reconciledLimit),
                                step -> answers.say(List.of(step)))
                        .run(failover, regions.own());
        TakeoverView.Result result = TakeoverView.of(outcome);
        answers.show(result, TakeoverView.lines(result));
        return outcome.problems().isEmpty()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }
}
