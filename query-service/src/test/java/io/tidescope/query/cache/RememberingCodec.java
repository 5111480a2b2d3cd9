package io.tidescope.query.cache;

import io.tidescope.store.query.StoreQuery;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands for a codec: remembers the answers and writes their numbers. */
final class RememberingCodec implements AnswerCodec {
    private final Map<Long, Object> answers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Override
    public <R> byte[] write(StoreQuery<R> query, R answer) {
        long number = last.incrementAndGet();
        answers.put(number, answer);
        return ByteBuffer.allocate(Long.BYTES).putLong(0, number).array();
    }

    @Override
    @SuppressWarnings("unchecked") // what was written for a question is read for it
    public <R> R read(StoreQuery<R> query, byte[] bytes) {
        Object answer = answers.get(ByteBuffer.wrap(bytes).getLong());
        if (answer == null) {
            throw new IllegalArgumentException("no answer");
        }
        return (R) answer;
    }
}
