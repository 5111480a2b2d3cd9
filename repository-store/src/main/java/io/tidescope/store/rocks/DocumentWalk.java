package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Goes over documents in the order of their keys. */
interface DocumentWalk extends AutoCloseable {
    /**
     * Goes to the first document at a place or behind it, unless the walk stands at such a one
     * already: then it stays, as it never goes back. So after a place, an earlier one is only good
     * for who has no use for what lies between it and where the walk stands.
     *
     * @return the key of the document it stands at then; null when there is none
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
