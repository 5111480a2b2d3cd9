package io.tidescope.bench;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.app.role.RoleProcess;
import io.tidescope.app.standalone.DataDirectory;
import io.tidescope.app.standalone.Standalone;
import io.tidescope.app.standalone.StandaloneSettings;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.PackagedApplication;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An index that this very process serves: opened again and again, it has empty caches each time and
 * code that is compiled.
 */
public final class ReopenedIndex implements AutoCloseable {
    private final DataDirectory data;
    private final Standalone standalone;
    private final RoleProcess process;

    /**
     * Serves what a stopped {@code tidescope up} has left; no repository is followed.
     *
     * @param directory its data directory
     */
    public ReopenedIndex(Path directory) throws Exception {
        List<String> broker = new ArrayList<>(PackagedApplication.brokerJava("-Xmx512m"));
        broker.add("io.tidescope.app.Main");
        data = DataDirectory.open(directory);
        standalone =
                new Standalone(
                        data,
                        new StandaloneSettings(
                                List.of(),
                                "127.0.0.1",
                                0,
                                HttpAccess.OPEN,
                                null,
                                new Topics(Topics.DEFAULT_PARTITIONS),
                                null,
                                broker));
        process = new RoleProcess(new Address("127.0.0.1", 0), standalone);
        try {
            process.start(
                    failure -> {
                        throw failure;
                    });
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    public URI server() {
        return standalone.http();
    }

    @Override
    public void close() {
        process.close();
        data.close();
    }
}
