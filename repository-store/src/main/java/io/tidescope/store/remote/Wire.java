package io.tidescope.store.remote;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StructureHits;
import io.tidescope.tree.match.Rule;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What frames carry, as CBOR: records become maps of their components by name, without those that
 * are null; enum constants go by name; cases of sealed types have their name ({@link WireTypes}) in
 * {@code is}. A deadline is the milliseconds that are left, a duration its nanoseconds.
 *
 * <p>Within a version components may be added, and constants and cases once all readers know them;
 * none changes its meaning or is taken away. Safe for concurrent use.
 */
final class Wire {
    /** For all connections of a process: what it keeps of searches serves all of them. */
    static final Wire SHARED = new Wire(System::nanoTime);

    private final ObjectMapper mapper;
    private final ObjectReader requests;
    private final ObjectWriter requestWriter;
    private final ObjectReader failures;
    private final ObjectReader statuses;
    private final ObjectReader inspections;
    private final Map<Class<?>, Replies> replies = new ConcurrentHashMap<>();

    /** Reads and writes the replies to queries of one class. */
    private record Replies(ObjectReader reader, ObjectWriter writer) {}

    /**
     * @param nanoTime this process's monotonic clock
     */
    Wire(LongSupplier nanoTime) {
        mapper = mapper(nanoTime);
        requests = mapper.readerFor(Request.class);
        requestWriter = mapper.writerFor(Request.class);
        failures = mapper.readerFor(Failure.class);
        statuses = mapper.readerFor(NodeStatus.class);
        inspections = mapper.readerFor(NodeInspection.class);
    }

    private static ObjectMapper mapper(LongSupplier nanoTime) {
        CBORFactory factory =
                CBORFactory.builder()
                        // Threads may be virtual: what is kept by thread is never used again.
                        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                        .build();
        ObjectMapper mapper =
                CBORMapper.builder(factory)
                        // Components and nothing that a record derives from them.
                        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .serializationInclusion(JsonInclude.Include.NON_NULL)
                        .addMixIn(StoreQuery.class, WireTypes.OfQuery.class)
                        .addMixIn(NameMatch.class, WireTypes.OfNameMatch.class)
                        .addMixIn(NameMatch.Regex.class, WireTypes.OfRegex.class)
                        .addMixIn(StructureHits.class, WireTypes.OfHits.class)
                        .addMixIn(Rule.class, WireTypes.OfRule.class)
                        .addMixIn(Rule.StopBy.class, WireTypes.OfStopBy.class)
                        .build();
        return mapper.registerModule(WireValues.module(nanoTime, new SearchFormat(mapper)));
    }

    void write(Request request, OutputStream out) {
        write(requestWriter, request, out);
    }

    /**
     * @throws TideScopeException UNSUPPORTED_VERSION when it is a question that only a newer
     *     version can read, INTERNAL when it is none
     */
    Request readRequest(byte[] payload) {
        return read(requests, payload);
    }

    void write(Failure failure, OutputStream out) {
        write(mapper.writer(), failure, out);
    }

    Failure readFailure(byte[] payload) {
        return read(failures, payload);
    }

    void write(NodeStatus status, OutputStream out) {
        write(mapper.writer(), status, out);
    }

    NodeStatus readStatus(byte[] payload) {
        return read(statuses, payload);
    }

    void write(NodeInspection inspection, OutputStream out) {
        write(mapper.writer(), inspection, out);
    }

    NodeInspection readInspection(byte[] payload) {
        return read(inspections, payload);
    }

    <R> void write(StoreQuery<R> query, Map<Integer, PartitionReply<R>> answers, OutputStream out) {
        List<WireReply<?>> wire = new ArrayList<>(answers.size());
        answers.forEach((partition, reply) -> wire.add(WireReply.of(partition, reply)));
        write(replies(query).writer(), wire, out);
    }

    <R> Map<Integer, PartitionReply<R>> readReplies(StoreQuery<R> query, byte[] payload) {
        List<WireReply<Object>> wire = read(replies(query).reader(), payload);
        Map<Integer, PartitionReply<R>> answers = HashMap.newHashMap(wire.size());
        for (WireReply<Object> reply : wire) {
            answers.put(reply.partition(), reply.to(query));
        }
        return answers;
    }

    private Replies replies(StoreQuery<?> query) {
        return replies.computeIfAbsent(query.getClass(), unused -> repliesOf(query));
    }

    private Replies repliesOf(StoreQuery<?> query) {
        TypeFactory types = mapper.getTypeFactory();
        JavaType all =
                types.constructCollectionType(
                        List.class,
                        types.constructParametricType(
                                WireReply.class, AnswerType.of(query, types)));
        return new Replies(mapper.readerFor(all), mapper.writerFor(all));
    }

    private static void write(ObjectWriter writer, Object value, OutputStream out) {
        try {
            writer.writeValue(out, value);
        } catch (IOException e) {
            throw failure("A message to another node cannot be written: ", e);
        }
    }

    private static <T> T read(ObjectReader reader, byte[] payload) {
        try {
            return reader.readValue(payload);
        } catch (IOException e) {
            throw failure("A message of another node cannot be read: ", e);
        }
    }

    /**
     * What a record refused itself with, or the buffer that it did not fit into, if it was that.
     */
    private static TideScopeException failure(String what, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TideScopeException known) {
                return known;
            }
            if (cause instanceof InvalidTypeIdException
                    || cause instanceof InvalidFormatException) {
                return new TideScopeException(
                        ErrorCode.UNSUPPORTED_VERSION,
                        "Another node said something that this version does not know; upgrade the older of them. (%s)"
                                .formatted(((JsonProcessingException) cause).getOriginalMessage()),
                        e);
            }
        }
        return new TideScopeException(ErrorCode.INTERNAL, what + e.getMessage(), e);
    }
}
