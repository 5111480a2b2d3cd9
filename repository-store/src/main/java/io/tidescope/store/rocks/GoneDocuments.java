package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.index.DocumentIndex;
import io.tidescope.tree.index.IndexCursor;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The documents that go with one write: which of the postings that are there they leave. */
final class GoneDocuments {
    /** By posting key. */
    private final Map<Family, Map<ByteBuffer, Slots>> gone = new EnumMap<>(Family.class);

    /**
     * Takes a document out.
     *
     * @param ref the bytes that keys of its ref begin with
     * @param index what it is indexed with
     */
    void add(byte[] ref, int number, DocumentIndex index, Changes changes) {
        changes.delete(Family.NUMBERS, DocumentNumber.key(ref, number));
        for (IndexCursor it = index.names(); it.next(); ) {
            byte[] name = it.name();
            if (it.definitionsEnd() > it.definitionsStart()) {
                add(Family.DEFINITIONS, name, ref, number);
            }
            if (it.occurrencesEnd() > it.occurrencesStart()) {
                add(Family.OCCURRENCES, name, ref, number);
            }
        }
        for (IndexCursor it = index.terms(); it.next(); ) {
            add(Family.TERMS, it.name(), ref, number);
        }
    }

    private void add(Family family, byte[] name, byte[] ref, int number) {
        byte[] key = PostingKey.of(name, ref, DocumentNumber.block(number));
        gone.computeIfAbsent(family, unused -> new HashMap<>())
                .computeIfAbsent(ByteBuffer.wrap(key), unused -> new Slots())
                .add(DocumentNumber.slot(number));
    }

    /**
     * @throws TideScopeException CORRUPT when a posting is not there
     */
    void writeTo(Changes changes, Database database) {
        gone.forEach(
                (family, keys) ->
                        keys.forEach(
                                (key, slots) ->
                                        take(family, key.array(), slots, changes, database)));
    }

    private static void take(
            Family family, byte[] key, Slots slots, Changes changes, Database database) {
        byte[] postings = database.find(family, key);
        if (postings == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "the postings of documents that go are not there");
        }
        byte[] rest = Postings.without(postings, slots);
        if (rest.length == 0) {
            changes.delete(family, key);
        } else {
            changes.put(family, key, rest);
        }
    }
}
