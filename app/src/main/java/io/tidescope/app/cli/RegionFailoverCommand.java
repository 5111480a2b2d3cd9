package io.tidescope.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Makes the region that it is run in the one that publishes. */
@Command(
        name = "failover",
        description = {
            "Makes this region the one that publishes, whether or not the other one answers; also"
                    + " says for the first time which one does.",
            "Begun again, with --resume if need be, it goes on. Ends with 1 when it failed, or when"
                    + " something is left to be done though it stands."
        })
final class RegionFailoverCommand implements Callable<Integer> {
    @Mixin private RegionOptions options = new RegionOptions();

    @Mixin private TakeoverOptions takeover = new TakeoverOptions();

    @Override
    public Integer call() throws Exception {
        return options.open(
                (regions, witness) -> takeover.run(regions, witness, options.answers()));
    }
}
