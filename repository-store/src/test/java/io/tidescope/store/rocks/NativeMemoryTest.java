package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.NodeInspection.CacheUse;

import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final long BYTES = 32 << 20;

    @Test
    void whatIsNotThereAnyMoreHoldsNothing() {
        NativeMemory memory = new NativeMemory(BYTES);
        assertThat(memory.use().maxBytes()).isEqualTo(BYTES);
        memory.close();

        assertThat(memory.use()).isEqualTo(new CacheUse("blocks", 0, BYTES, 0, 0));
    }
}
