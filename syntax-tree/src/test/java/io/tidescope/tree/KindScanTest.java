package io.tidescope.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

class KindScanTest {
    private static final NodeKind[] KINDS = NodeKind.values();
    private static final int ROUNDS = 500;

    @Test
    void findsTheNextOfItsKindsAndNoOther() {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Set<NodeKind> wanted = EnumSet.noneOf(NodeKind.class);
            for (int more = round % 5; more > 0; more--) {
                wanted.add(KINDS[random.nextInt(KINDS.length)]);
            }
            byte[] kinds = new byte[40 + random.nextInt(40)];
            // Few kinds, neighbours among them, make all sorts of runs.
            int base = random.nextInt(KINDS.length - 3);
            for (int i = 0; i < kinds.length; i++) {
                kinds[i] = (byte) (base + random.nextInt(4));
            }
            wanted.add(KINDS[base + random.nextInt(4)]);
            int size = kinds.length - random.nextInt(20);
            KindScan scan = KindScan.of(KindSet.of(wanted));
            for (int from = 0; from <= size; from++) {
                assertThat(scan.next(kinds, size, from)).isEqualTo(next(wanted, kinds, size, from));
            }
        }
    }

    @Test
    void noKindsAreNowhere() {
        assertThat(KindScan.of(KindSet.NONE).next(new byte[20], 20, 0)).isEqualTo(20);
    }

    private static int next(Set<NodeKind> wanted, byte[] kinds, int size, int from) {
        int at = from;
        while (at < size && !wanted.contains(KINDS[kinds[at]])) {
            at++;
        }
        return at;
    }
}
