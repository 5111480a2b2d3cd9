package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;

import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<DocumentKey, Set<String>> names,
        Map<DocumentKey, Set<String>> terms,
        Set<DocumentKey> trees,
        Set<DocumentKey> sources,
        Map<DocumentKey, List<Definition>> definitions,
        Map<DocumentKey, List<Occurrence>> occurrences) {
    static StoreContents read(Database database) {
        StoreContents contents =
                new StoreContents(
                        keys(database, Family.DOCUMENTS),
                        new TreeMap<>(StoreModel.KEY_ORDER),
                        new TreeMap<>(StoreModel.KEY_ORDER),
                        keys(database, Family.TREES),
                        keys(database, Family.SOURCES),
                        new HashMap<>(),
                        new HashMap<>());
        forEach(
                database,
                Family.NAMES,
                (key, value) -> {
                    Set<String> names = new TreeSet<>();
                    for (IndexedNames.Name name : IndexedNames.read(value)) {
                        names.add(text(name.bytes(), name.bytes().length));
                    }
                    contents.names.put(DocumentKey.read(key), names);
                });
        forEach(database, Family.TERMS, (key, value) -> contents.addTerm(key));
        forEach(database, Family.DEFINITIONS, contents::addDefinitions);
        forEach(database, Family.OCCURRENCES, contents::addOccurrences);
        contents.definitions.values().forEach(it -> it.sort(BY_NAME_START));
        contents.occurrences.values().forEach(it -> it.sort(BY_START));
        return contents;
    }

    private static final Comparator<Definition> BY_NAME_START =
            Comparator.comparingInt(Definition::nameStart);
    private static final Comparator<Occurrence> BY_START =
            Comparator.comparingInt(Occurrence::start);

    private void addDefinitions(byte[] key, byte[] value) {
        int length = PostingKey.nameLength(key);
        DefinitionPosting posting = DefinitionPosting.read(text(key, length), value);
        List<Definition> of =
                definitions.computeIfAbsent(
                        PostingKey.readDocument(key, length), unused -> new ArrayList<>());
        while (posting.hasNext()) {
            of.add(posting.next().definition());
        }
    }

    private void addTerm(byte[] key) {
        int length = PostingKey.nameLength(key);
        terms.computeIfAbsent(PostingKey.readDocument(key, length), unused -> new TreeSet<>())
                .add(text(key, length));
    }

    private void addOccurrences(byte[] key, byte[] value) {
        int length = PostingKey.nameLength(key);
        OccurrencePosting posting = OccurrencePosting.read(value);
        List<Occurrence> of =
                occurrences.computeIfAbsent(
                        PostingKey.readDocument(key, length), unused -> new ArrayList<>());
        while (posting.next()) {
            of.add(new Occurrence(text(key, length), posting.role(), posting.start()));
        }
    }

    private static Set<DocumentKey> keys(Database database, Family family) {
        Set<DocumentKey> keys = new TreeSet<>(StoreModel.KEY_ORDER);
        forEach(database, family, (key, value) -> keys.add(DocumentKey.read(key)));
        return keys;
    }

    private static void forEach(
            Database database, Family family, BiConsumer<byte[], byte[]> action) {
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
