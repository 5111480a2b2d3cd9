package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.tree.index.DefinitionPosting;
import io.tidescope.tree.index.OccurrencePosting;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;

import org.rocksdb.RocksIterator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Everything a store holds, read family by family from the first key to the last, so that what
 * should not be there is seen too.
 */
record StoreContents(
        Set<DocumentKey> documents,
        Map<DocumentKey, Set<String>> terms,
        Set<DocumentKey> trees,
        Set<DocumentKey> sources,
        Map<DocumentKey, List<Definition>> definitions,
        Map<DocumentKey, List<Occurrence>> occurrences,
        Map<RefKey, Set<String>> commits,
        Map<DocumentKey, Integer> numbers,
        Map<DocumentKey, Integer> entryNumbers) {
    static StoreContents read(Database database) {
        StoreContents contents =
                new StoreContents(
                        keys(database, Family.DOCUMENTS),
                        new TreeMap<>(StoreModel.KEY_ORDER),
                        keys(database, Family.TREES),
                        keys(database, Family.SOURCES),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>());
        forEach(
                database,
                Family.DOCUMENTS,
                (key, entry) ->
                        contents.entryNumbers.put(
                                DocumentKey.read(key), DocumentEntry.read(entry).number()));
        Map<ByteBuffer, DocumentKey> byNumber = new HashMap<>();
        forEach(
                database,
                Family.NUMBERS,
                (key, path) -> {
                    byte[] ref = Arrays.copyOf(key, key.length - Integer.BYTES);
                    DocumentKey document = DocumentKey.read(Keys.concat(ref, path));
                    byNumber.put(ByteBuffer.wrap(key), document);
                    contents.numbers.put(document, DocumentNumber.read(key));
                });
        forEach(
                database,
                Family.TERMS,
                (key, value) -> contents.forEachPosting(key, value, byNumber, contents::addTerm));
        forEach(
                database,
                Family.DEFINITIONS,
                (key, value) ->
                        contents.forEachPosting(key, value, byNumber, contents::addDefinitions));
        forEach(
                database,
                Family.OCCURRENCES,
                (key, value) ->
                        contents.forEachPosting(key, value, byNumber, contents::addOccurrences));
        forEach(database, Family.REVISIONS, contents::addCommit);
        contents.definitions.values().forEach(it -> it.sort(BY_NAME_START));
        contents.occurrences.values().forEach(it -> it.sort(BY_START));
        return contents;
    }

    private static final Comparator<Definition> BY_NAME_START =
            Comparator.comparingInt(Definition::nameStart);
    private static final Comparator<Occurrence> BY_START =
            Comparator.comparingInt(Occurrence::start);

    /** Takes a posting of a name in a document. */
    private interface PostingAction {
        void accept(String name, DocumentKey document, Postings posting);
    }

    /** A posting of a number that no document has is found out here. */
    private void forEachPosting(
            byte[] key, byte[] value, Map<ByteBuffer, DocumentKey> byNumber, PostingAction action) {
        int length = PostingKey.nameLength(key);
        byte[] ref = Arrays.copyOfRange(key, length + 1, key.length - Integer.BYTES);
        Postings postings = new Postings(value);
        assertThat(postings.next()).as("a value without postings").isTrue();
        do {
            int number = DocumentNumber.of(PostingKey.block(key), postings.slot());
            DocumentKey document =
                    Objects.requireNonNull(
                            byNumber.get(ByteBuffer.wrap(DocumentNumber.key(ref, number))),
                            () -> "no document has number " + number);
            action.accept(text(key, length), document, postings);
        } while (postings.next());
    }

    private void addDefinitions(String name, DocumentKey document, Postings postings) {
        DefinitionPosting posting =
                DefinitionPosting.read(
                        name, document.path(), postings.bytes(), postings.start(), postings.end());
        List<Definition> of = definitions.computeIfAbsent(document, unused -> new ArrayList<>());
        while (posting.hasNext()) {
            of.add(posting.next().definition());
        }
    }

    private void addTerm(String term, DocumentKey document, Postings posting) {
        assertThat(posting.end()).isEqualTo(posting.start());
        terms.computeIfAbsent(document, unused -> new TreeSet<>()).add(term);
    }

    private void addOccurrences(String name, DocumentKey document, Postings postings) {
        OccurrencePosting posting =
                OccurrencePosting.read(postings.bytes(), postings.start(), postings.end());
        List<Occurrence> of = occurrences.computeIfAbsent(document, unused -> new ArrayList<>());
        while (posting.next()) {
            of.add(new Occurrence(name, posting.role(), posting.start()));
        }
    }

    /** Each commit of a ref has a key of its own, one by age, and nothing has a key besides. */
    private void addCommit(byte[] key, byte[] value) {
        switch (key[0]) {
            case 'r' -> {}
            case 'c' -> {
                String commit = text(key, PostingKey.nameLength(key)).substring(1);
                RefKey ref = RevisionKeys.readRef(key);
                commits.computeIfAbsent(ref, unused -> new TreeSet<>()).add(commit);
            }
            case 'n' -> {
                // Its last eight bytes may look like anything.
                String[] parts = text(key, key.length - Long.BYTES).substring(1).split("\0");
                commits.computeIfAbsent(new RefKey(parts[0], parts[1]), unused -> new TreeSet<>())
                        .add("by age: " + text(value, value.length));
            }
            default -> throw new AssertionError("a key of no sort: " + text(key, key.length));
        }
    }

    /** How many keys each family has. */
    static Map<Family, Integer> count(Database database) {
        Map<Family, Integer> counts = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            forEach(database, family, (key, value) -> counts.merge(family, 1, Integer::sum));
        }
        return counts;
    }

    private static Set<DocumentKey> keys(Database database, Family family) {
        Set<DocumentKey> keys = new TreeSet<>(StoreModel.KEY_ORDER);
        forEach(database, family, (key, value) -> keys.add(DocumentKey.read(key)));
        return keys;
    }

    static void forEach(Database database, Family family, BiConsumer<byte[], byte[]> action) {
        try (View view = database.view();
                RocksIterator iterator = view.scan(family)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                action.accept(iterator.key(), iterator.value());
            }
            Database.check(iterator);
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
