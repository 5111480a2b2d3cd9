package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.tree.KindScan;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How fast one thread goes over the columns of stored trees.
 *
 * <p>Method: the trees of a million lines are read from their stored bytes, as a store keeps them
 * in memory. Measured is the best of many passes over all of them: looking for a kind that is rare,
 * which reads the column of kinds and nothing else, and a whole search for calls of one name on two
 * holes. Memory bandwidth is that of copying an array far larger than the processor's caches, read
 * and written bytes counted once each; the ratio says what share of it the column is read at.
 */
class ScanBench {
    private static final int PASSES = 40;
    private static final int COPIED = 256 << 20;
    private static final KindScan RARE = KindScan.of(KindSet.of(List.of(NodeKind.YIELD_STMT)));

    @Test
    void ofStoredTrees() {
        Report report = new Report("scan");
        List<SyntaxTree> trees = trees(MillionLines.read());
        long nodes = trees.stream().mapToLong(SyntaxTree::nodeCount).sum();
        Search calls = Search.of(new Rule.Matches(new JavaPatternReader().read("$A.equals($B)")));

        double column = best(() -> trees.stream().mapToLong(ScanBench::rareNodes).sum());
        double search =
                best(
                        () ->
                                trees.stream()
                                        .mapToLong(tree -> calls.find(tree, () -> {}).size())
                                        .sum());
        byte[] from = new byte[COPIED];
        byte[] to = new byte[COPIED];
        Arrays.fill(from, (byte) 1);
        double copy =
                best(
                        () -> {
                            System.arraycopy(from, 0, to, 0, COPIED);
                            return to[COPIED - 1];
                        });

        double bandwidth = 2.0 * COPIED / copy;
        report.line("%,d nodes in %,d trees, one thread", nodes, trees.size());
        report.line(
                "the column of kinds: %,.0f million nodes/s, at a byte each %.2f of memory"
                        + " bandwidth (%.1f GB/s)",
                nodes / column / 1e6, nodes / column / bandwidth, bandwidth / 1e9);
        report.line(
                "search for $A.equals($B), in no index: %,.0f million nodes/s",
                nodes / search / 1e6);
    }

    private static long rareNodes(SyntaxTree tree) {
        long found = 0;
        for (int n = tree.next(RARE, 0); n < tree.nodeCount(); n = tree.next(RARE, n + 1)) {
            found++;
        }
        return found;
    }

    /** Seconds of the fastest pass. */
    private static double best(LongSupplier pass) {
        long result = pass.getAsLong();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < PASSES; i++) {
            long start = System.nanoTime();
            assertThat(pass.getAsLong()).isEqualTo(result);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e9;
    }

    private static List<SyntaxTree> trees(MillionLines code) {
        List<SyntaxTree> trees = new ArrayList<>();
        JavaSourceParser parser = new JavaSourceParser();
        for (byte[] content : code.contents()) {
            if (parser.parse(content) instanceof Parsed parsed) {
                trees.add(
                        SyntaxTree.read(
                                ByteBuffer.wrap(parsed.tree().toBytes()), parsed.tree().source()));
            }
        }
        return trees;
    }
}
