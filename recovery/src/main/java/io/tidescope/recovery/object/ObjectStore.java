package io.tidescope.recovery.object;

import io.tidescope.schemas.TideScopeException;

import java.util.List;
import java.util.Optional;

/**
 * Objects by name that never change: an object is there whole, or it is not there.
 *
 * <p>Names are parts of letters, digits, dots, dashes, underscores and equals signs, joined by
 * slashes; no part is {@code .} or {@code ..}. Safe for concurrent use, by several processes too.
 *
 * <p>What fails for a while, such as a store that throttles, is tried again for a bounded time.
 * Then every method throws {@link TideScopeException}: UNAVAILABLE when the store does not answer
 * or asks to come more slowly, UNAUTHENTICATED when it refuses the credentials, PRECONDITION_FAILED
 * when something is not allowed or the bucket or directory is not there, each with what to do.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Writes an object, which is durable when this returns.
     *
     * @return false when there already is one of this name, which stays as it is
     */
    boolean create(String name, byte[] content);

    /** The content of an object; absent when there is none of this name. */
    Optional<byte[]> find(String name);

    /**
     * The first bytes of an object, at most so many; absent when there is none of this name.
     *
     * @param limit at least 1
     */
    Optional<byte[]> findBeginning(String name, int limit);

    /** All objects whose names begin so, in the order of their names. */
    List<StoredObject> list(String prefix);

    /** Removes an object; nothing happens when there is none of this name. */
    void delete(String name);

    /** Where it is, for people, without credentials. */
    @Override
    String toString();

    @Override
    void close();
}
