package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.config.Role;

import org.junit.jupiter.api.Test;

import java.util.List;

final class JavaCommandTest {
    @Test
    void whatSetsTheJvmUpIsPassedOnAndWhatIsOneProcessesOwnIsNot() {
        List<String> passedOn =
                List.of(
                        "-XX:+UseParallelGC",
                        "-XX:-DontCompileHugeMethods",
                        "-XX:InlineSmallCode=500",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:AOTCache=/a/tidescope.aot",
                        "-Xlog:aot*=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
        List<String> own =
                List.of(
                        "-Xmx1g",
                        "-Xms1g",
                        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                        "-javaagent:agent.jar",
                        "-XX:AOTCacheOutput=/a/tidescope.aot",
                        "-XX:HeapDumpPath=/a",
                        "-Xlog:gc:file=gc.log",
                        "-Dcom.sun.management.jmxremote.port=9999");

        assertThat(JavaCommand.passedOn(passedOn)).isEqualTo(passedOn);
        assertThat(JavaCommand.passedOn(own)).isEmpty();
    }

    @Test
    void aStoreAndAGatewayEndWithoutMemory() {
        assertThat(Role.values())
                .filteredOn(
                        role -> JavaCommand.forRole(role).contains("-XX:+ExitOnOutOfMemoryError"))
                .containsExactlyInAnyOrder(Role.STORE, Role.GATEWAY);
    }

    @Test
    void aBrokerUsesOrMakesTheCacheBesideThatOfThisProcess() {
        assertThat(JavaCommand.brokerCache(List.of("-Xmx1g", "-XX:AOTCache=/a/tidescope.aot")))
                .containsExactly("-XX:AOTCache=/a/broker.aot", "-Xlog:aot*=off");
        assertThat(JavaCommand.brokerCache(List.of("-XX:AOTCacheOutput=/a/tidescope.aot")))
                .containsExactly("-XX:AOTCacheOutput=/a/broker.aot", "-Xlog:aot*=off");
        assertThat(JavaCommand.brokerCache(List.of("-Xmx1g"))).isEmpty();
    }
}
