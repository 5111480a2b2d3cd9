package io.tidescope.tree.match;

import io.tidescope.tree.match.Match.Capture;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the holes of a match stand for, by name, in a few numbers: there may be a hundred thousand
 * matches. Immutable.
 */
final class Captures extends AbstractMap<String, Capture> implements SortedMap<String, Capture> {
    private static final int NUMBERS = 3;

    private final HoleNames names;

    /** The number of each name that stands for something. */
    private final int[] bound;

    /** For each of these the node, the start and the end. */
    private final int[] places;

    private Captures(HoleNames names, int[] bound, int[] places) {
        this.names = names;
        this.bound = bound;
        this.places = places;
    }

    /** Takes what holes stand for in the order of their numbers. */
    static final class Writer {
        private final HoleNames names;
        private final int[] bound;
        private final int[] places;
        private int size;

        /**
         * @param most at most so many
         */
        Writer(HoleNames names, int most) {
            this.names = names;
            bound = new int[most];
            places = new int[NUMBERS * most];
        }

        void add(int number, int node, int start, int end) {
            bound[size] = number;
            int at = NUMBERS * size++;
            places[at] = node;
            places[at + 1] = start;
            places[at + 2] = end;
        }

        Captures finish() {
            return size == bound.length
                    ? new Captures(names, bound, places)
                    : new Captures(
                            names,
                            Arrays.copyOf(bound, size),
                            Arrays.copyOf(places, NUMBERS * size));
        }
    }

    @Override
    public int size() {
        return bound.length;
    }

    private String name(int index) {
        return names.name(bound[index]);
    }

    private Capture capture(int index) {
        int at = NUMBERS * index;
        return new Capture(places[at], places[at + 1], places[at + 2]);
    }

    @Override
    public Set<Entry<String, Capture>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Capture>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return bound.length;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Capture>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < bound.length;
        }

        @Override
        public Entry<String, Capture> next() {
            if (next == bound.length) {
                throw new NoSuchElementException();
            }
            return Map.entry(name(next), capture(next++));
        }
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public String firstKey() {
        return copy().firstKey();
    }

    @Override
    public String lastKey() {
        return copy().lastKey();
    }

    @Override
    public SortedMap<String, Capture> subMap(String from, String to) {
        return copy().subMap(from, to);
    }

    @Override
    public SortedMap<String, Capture> headMap(String to) {
        return copy().headMap(to);
    }

    @Override
    public SortedMap<String, Capture> tailMap(String from) {
        return copy().tailMap(from);
    }

    private TreeMap<String, Capture> copy() {
        return new TreeMap<>((Map<String, Capture>) this);
    }
}
