package io.tidescope.ingest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Tests that share a log, in which each of them has a repository by its own name. */
abstract class LogTest {
    static LogRig rig;

    @TempDir Path temp;
    String name;

    @BeforeAll
    static void startBroker() {
        rig = new LogRig();
    }

    @AfterAll
    static void stopBroker() {
        rig.close();
    }

    @BeforeEach
    void nameRepository(TestInfo test) {
        name = "tests/" + test.getTestMethod().orElseThrow().getName();
    }
}
