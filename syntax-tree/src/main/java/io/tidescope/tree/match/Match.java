package io.tidescope.tree.match;

import java.util.SortedMap;

/**
 * A place in a tree where a rule holds.
 *
 * @param node the node, the first of several when the pattern has several
 * @param start byte offset of the first byte in the source
 * @param end byte offset after the last
 * @param captures what the holes stand for, by name
 */
public record Match(int node, int start, int end, SortedMap<String, Capture> captures) {
    /**
     * What a hole stands for.
     *
     * @param node the node, or -1 when it is an identifier or a list
     * @param start byte offset of the first byte; where it would stand, when it is nothing
     * @param end byte offset after the last
     */
    public record Capture(int node, int start, int end) {}
}
