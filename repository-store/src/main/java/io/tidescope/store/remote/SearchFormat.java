package io.tidescope.store.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A search as bytes: its rule, as CBOR of its own. A search comes again with every slice and from
 * every node, so what was written and what was made ready of it is kept for a while.
 */
final class SearchFormat {
    private static final int MAX_WRITTEN = 256;
    private static final long MAX_READ_BYTES = 4 << 20;

    private final ObjectMapper mapper;

    /** By the search itself, not by what it is equal to. */
    private final Cache<Search, byte[]> written =
            Caffeine.newBuilder()
                    .weakKeys()
                    .maximumSize(MAX_WRITTEN)
                    .executor(Runnable::run)
                    .build();

    private final Cache<ByteBuffer, Search> read =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_READ_BYTES)
                    .weigher(SearchFormat::bytes)
                    .executor(Runnable::run)
                    .build();

    private static int bytes(ByteBuffer bytes, Search search) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes.remaining() + search.textBytes()));
    }

    /**
     * @param mapper reads and writes rules by the time the first search comes
     */
    SearchFormat(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    byte[] write(Search search) {
        return written.get(search, this::encode);
    }

    Search read(byte[] bytes) {
        return read.get(ByteBuffer.wrap(bytes), unused -> decode(bytes));
    }

    private byte[] encode(Search search) {
        try {
            return mapper.writerFor(Rule.class).writeValueAsBytes(search.rule());
        } catch (JsonProcessingException e) {
            throw new TideScopeException(
                    ErrorCode.INTERNAL, "A search cannot be sent: " + e.getOriginalMessage(), e);
        }
    }

    private Search decode(byte[] bytes) {
        try {
            return Search.of(mapper.readerFor(Rule.class).readValue(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
