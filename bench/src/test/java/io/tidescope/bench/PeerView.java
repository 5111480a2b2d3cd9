package io.tidescope.bench;

import io.tidescope.bench.AstGrep.Place;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** What ast-grep makes of one pattern, asked for when it matters. */
final class PeerView {
    private final AstGrep peer;
    private final Path directory;
    private final String pattern;
    private final boolean refused;
    private @Nullable Set<Place> ofItsKind;

    /**
     * @param refused whether it said that it cannot read the pattern, or not all of it
     */
    PeerView(AstGrep peer, Path directory, String pattern, boolean refused) {
        this.peer = peer;
        this.directory = directory;
        this.pattern = pattern;
        this.refused = refused;
    }

    boolean refused() {
        return refused;
    }

    /** Whether there is a node of the kind that it reads the pattern as. */
    boolean hasItsKindAt(Place place) {
        Set<Place> places = ofItsKind;
        if (places == null) {
            try {
                String kind = peer.kindOf(pattern);
                places =
                        kind.isEmpty() || kind.equals("ERROR")
                                ? Set.of()
                                : peer.ofKind(kind, directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ofItsKind = places;
        }
        return places.contains(place);
    }
}
