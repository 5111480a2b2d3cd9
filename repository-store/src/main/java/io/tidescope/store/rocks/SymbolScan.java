package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.index.DefinitionPosting;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Answers {@link FindSymbols}: names are compared once each, in the order of their keys, and only
 * the postings of those are read that can be among the best.
 */
final class SymbolScan {
    private static final int NAMES_PER_DEADLINE_CHECK = 64;

    /** Postings passed one by one before seeking, which costs as much as a few steps. */
    private static final int STEPS_BEFORE_SEEK = 4;

    private final FindSymbols query;
    private final View view;
    private final RocksIterator iterator;
    private final DefaultRefs defaultRefs;
    private final BestHits best;

    private SymbolScan(
            FindSymbols query, View view, RocksIterator iterator, DefaultRefs defaultRefs) {
        this.query = query;
        this.view = view;
        this.iterator = iterator;
        this.defaultRefs = defaultRefs;
        best = new BestHits(query.after(), query.limit());
    }

    static List<SymbolHit> answer(FindSymbols query, View view, DefaultRefs defaultRefs) {
        try (RocksIterator iterator = view.scan(Family.DEFINITIONS)) {
            SymbolScan scan = new SymbolScan(query, view, iterator, defaultRefs);
            if (query.match() instanceof NameMatch.Exact(String name)) {
                scan.collect(name, 0);
            } else {
                query.match().beginnings().forEach(scan::scanFrom);
            }
            return scan.best.toList();
        }
    }

    private void scanFrom(String beginning) {
        byte[] range = beginning.getBytes(StandardCharsets.UTF_8);
        iterator.seek(range);
        int names = 0;
        while (iterator.isValid()) {
            byte[] key = iterator.key();
            if (!Keys.beginsWith(key, range)) {
                return;
            }
            if (++names % NAMES_PER_DEADLINE_CHECK == 0) {
                query.deadline().check();
            }
            int length = PostingKey.nameLength(key);
            String name = new String(key, 0, length, StandardCharsets.UTF_8);
            OptionalInt score = query.match().score(name);
            if (score.isPresent() && best.mayTake(score.getAsInt())) {
                collect(name, score.getAsInt());
            }
            pass(key, length);
        }
        Database.check(iterator);
    }

    /** Moves behind all postings of a name. */
    private void pass(byte[] key, int nameLength) {
        for (int step = 0; step < STEPS_BEFORE_SEEK; step++) {
            if (!iterator.isValid() || !isOfName(iterator.key(), key, nameLength)) {
                return;
            }
            iterator.next();
        }
        iterator.seek(Keys.behindPart(key, nameLength));
    }

    private static boolean isOfName(byte[] key, byte[] other, int nameLength) {
        return key.length > nameLength
                && key[nameLength] == 0
                && Arrays.equals(key, 0, nameLength, other, 0, nameLength);
    }

    private void collect(String name, int score) {
        ScopedKeys keys =
                ScopedKeys.ofName(
                        iterator,
                        name.getBytes(StandardCharsets.UTF_8),
                        query.scope(),
                        defaultRefs,
                        query.deadline());
        try (PostedDocuments documents =
                new PostedDocuments(keys, view, from(name, score), query.deadline())) {
            // Ranks only get worse along the postings of a name.
            while (documents.nextRef() && !best.endsBefore(rank(score, name, documents.ref(), 0))) {
                while (documents.next()) {
                    DocumentKey document = documents.document();
                    if (best.endsBefore(rank(score, name, document, 0))) {
                        return;
                    }
                    Postings posting = documents.posting();
                    DefinitionPosting definitions =
                            DefinitionPosting.read(
                                    name,
                                    document.path(),
                                    posting.bytes(),
                                    posting.start(),
                                    posting.end());
                    while (definitions.hasNext()) {
                        collect(score, document, definitions.next());
                    }
                }
            }
        }
    }

    private void collect(int score, DocumentKey document, DefinitionPosting.Placed placed) {
        var definition = placed.definition();
        if (!query.kinds().isEmpty() && !query.kinds().contains(definition.kind())) {
            return;
        }
        SymbolRank rank = rank(score, definition.name(), document, definition.nameStart());
        if (best.takes(rank)) {
            best.add(
                    new SymbolHit(
                            rank, definition, placed.line(), placed.column(), placed.endLine()));
        }
    }

    private @Nullable DocumentKey from(String name, int score) {
        SymbolRank after = query.after();
        if (after == null || after.score() != score || !after.name().equals(name)) {
            return null;
        }
        return new DocumentKey(after.repository(), after.ref(), after.path());
    }

    private static SymbolRank rank(int score, String name, DocumentKey document, int nameStart) {
        return new SymbolRank(
                score, name, document.repository(), document.ref(), document.path(), nameStart);
    }
}
