package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
final class NodeDirectoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @TempDir private Path temporary;

    @Test
    void whoeverHoldsItIsWaitedForAndNamedIfItGoesOn() {
        NodeDirectory held = NodeDirectory.open(temporary, "store-1", Duration.ZERO);

        assertThatThrownBy(() -> NodeDirectory.open(temporary, "store-1", Duration.ofMillis(300)))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
        CompletableFuture<NodeDirectory> next =
                CompletableFuture.supplyAsync(
                        () -> NodeDirectory.open(temporary, "store-1", PATIENCE));
        held.close();
        next.join().close();
    }

    @Test
    void theRootOfAFileSystemIsEmptyButADirectoryOfSomethingElseIsNot() throws Exception {
        Files.createDirectory(temporary.resolve("lost+found"));
        NodeDirectory.open(temporary, "store-1", PATIENCE).close();
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(other.resolve("thesis.tex"), "text");

        assertThatThrownBy(() -> NodeDirectory.open(other, "store-1", PATIENCE))
                .hasMessageContaining("is not empty and not a store node's");
        assertThat(other.resolve("lock")).doesNotExist();
    }

    @Test
    void isRefusedToAnotherNode() {
        NodeDirectory.open(temporary, "store-1", PATIENCE).close();

        assertThatThrownBy(() -> NodeDirectory.open(temporary, "store-2", PATIENCE))
                .hasMessageContaining("is of node store-1, not store-2");
        NodeDirectory.open(temporary, "store-1", PATIENCE).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sto", "store-1"})
    void isItsNodesAgainWhenItsNameWasCutOff(String left) throws Exception {
        NodeDirectory.open(temporary, "store-1", PATIENCE).close();
        Path owner = temporary.resolve("node-id");
        Files.writeString(owner, left);

        NodeDirectory.open(temporary, "store-1", PATIENCE).close();

        assertThat(owner).hasContent("store-1\n");
    }
}
