package io.tidescope.query.cache;

import io.tidescope.store.query.StoreQuery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Answers that gateways share, by question and partition. Only those are kept that take longer to
 * find than to fetch. Safe for concurrent use.
 */
public final class SharedAnswers {
    private static final Logger log = LoggerFactory.getLogger(SharedAnswers.class);

    /** Answers being written at the same time; more are not kept. */
    private static final int MAX_WRITING = 64;

    private final SharedBytes bytes;
    private final AnswerCodec codec;
    private final Semaphore writing = new Semaphore(MAX_WRITING);

    public SharedAnswers(SharedBytes bytes, AnswerCodec codec) {
        this.bytes = bytes;
        this.codec = codec;
    }

    /** What is kept of some partitions. */
    <R> Map<Integer, CachedAnswer<R>> find(
            StoreQuery<R> query, String question, Collection<Integer> partitions) {
        String prefix = prefix(question);
        Map<String, Integer> keys = new HashMap<>();
        partitions.forEach(partition -> keys.put(prefix + partition, partition));
        Map<Integer, CachedAnswer<R>> found = new HashMap<>();
        bytes.find(keys.keySet())
                .forEach(
                        (key, value) -> {
                            Integer partition = keys.get(key);
                            if (partition != null) {
                                SharedAnswerFormat.read(key, value)
                                        .ifPresent(kept -> read(query, partition, kept, found));
                            }
                        });
        return found;
    }

    private <R> void read(
            StoreQuery<R> query,
            int partition,
            SharedAnswerFormat.Kept kept,
            Map<Integer, CachedAnswer<R>> found) {
        try {
            R answer = codec.read(query, kept.answer());
            found.put(partition, new CachedAnswer<>(answer, kept.position()));
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("partition", partition)
                    .setCause(e)
                    .log("A shared answer cannot be read and is passed over");
        }
    }

    /** Keeps an answer, if not too many are being written. Returns at once. */
    <R> void keep(StoreQuery<R> query, String question, int partition, R answer, long position) {
        if (!writing.tryAcquire()) {
            return;
        }
        Thread.ofVirtual()
                .name("cache-write")
                .start(
                        () -> {
                            try {
                                String key = prefix(question) + partition;
                                bytes.keep(
                                        key,
                                        SharedAnswerFormat.write(
                                                key, position, codec.write(query, answer)));
                            } catch (RuntimeException e) {
                                log.atWarn()
                                        .addKeyValue("partition", partition)
                                        .setCause(e)
                                        .log("An answer cannot be shared");
                            } finally {
                                writing.release();
                            }
                        });
    }

    private static String prefix(String question) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(question.getBytes(StandardCharsets.UTF_8));
            return "tidescope:" + HexFormat.of().formatHex(digest) + ':';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
