package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Goes over documents in the order of their keys. */
interface DocumentWalk extends AutoCloseable {
    /**
     * The first document at a place or behind it; places never go back.
     *
     * @return its key; null when there is none
     */
    byte @Nullable [] seek(byte[] place);

    /** The {@link DocumentEntry} of the document last found, when it is at hand. */
    default byte @Nullable [] entry() {
        return null;
    }

    /** Has to be called before the view's end. */
    @Override
    void close();

    /** The place right behind a document, before all others. */
    static byte[] behind(byte[] document) {
        return Arrays.copyOf(document, document.length + 1);
    }
}
