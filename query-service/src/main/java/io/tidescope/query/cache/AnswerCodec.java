package io.tidescope.query.cache;

import io.tidescope.store.query.StoreQuery;

/** Turns answers into bytes and back. Safe for concurrent use. */
public interface AnswerCodec {
    <R> byte[] write(StoreQuery<R> query, R answer);

    /**
     * An answer to this question, or to one that differs from it in its deadline.
     *
     * @throws RuntimeException when the bytes are none
     */
    <R> R read(StoreQuery<R> query, byte[] bytes);
}
