package io.tidescope.app.container;

import java.time.Duration;
import java.util.List;

/** The image of TideScope, made from what Maven has built. */
final class TideScopeImage {
    static final String NAME = "tidescope:it";

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static boolean built;

    private TideScopeImage() {}

    /** Builds it, once for all tests, without the network; skips the test where that cannot be. */
    static synchronized void build() {
        Docker.assumeImages(Docker.BASES.toArray(String[]::new));
        if (!built) {
            Docker.run(
                            LIMIT,
                            List.of(
                                    "docker",
                                    "build",
                                    "--target",
                                    "prebuilt",
                                    "--build-arg",
                                    "PACKAGES=",
                                    "--tag",
                                    NAME,
                                    "."))
                    .orFail();
            built = true;
        }
    }
}
