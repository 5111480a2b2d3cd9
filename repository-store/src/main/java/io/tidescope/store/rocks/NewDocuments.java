package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.index.DocumentIndex;
import io.tidescope.tree.index.IndexCursor;

import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.List;

/** The documents of a ref that come with one write: their numbers and their postings. */
final class NewDocuments {
    private final byte[] ref;
    private final List<Block> blocks = new ArrayList<>();
    private final int firstBlock;
    private int next;

    /** A block's postings. */
    private record Block(NewPostings definitions, NewPostings occurrences, NewPostings terms) {}

    private NewDocuments(byte[] ref, int firstBlock) {
        this.ref = ref;
        this.firstBlock = firstBlock;
        next = DocumentNumber.of(firstBlock, 0);
    }

    /**
     * @param ref the bytes that keys of the ref begin with
     * @throws TideScopeException CORRUPT after some ten million writes, when there is no block left
     *     and the store has to be built again
     */
    static NewDocuments of(byte[] ref, Database database) {
        try (View view = database.view();
                RocksIterator iterator = view.scan(Family.NUMBERS)) {
            iterator.seekForPrev(DocumentNumber.key(ref, -1));
            if (iterator.isValid() && Keys.beginsWith(iterator.key(), ref)) {
                int last = DocumentNumber.block(DocumentNumber.read(iterator.key()));
                if (last >= DocumentNumber.MAX_BLOCK) {
                    throw new TideScopeException(
                            ErrorCode.CORRUPT, "the numbers of a ref's documents are used up");
                }
                return new NewDocuments(ref, last + 1);
            }
            Database.check(iterator);
        }
        return new NewDocuments(ref, 0);
    }

    /** Takes a document in and returns its number. */
    int add(byte[] path, DocumentIndex index, Changes changes) {
        int number = next++;
        int slot = DocumentNumber.slot(number);
        if (slot == 0) {
            blocks.add(new Block(new NewPostings(), new NewPostings(), new NewPostings()));
        }
        changes.put(Family.NUMBERS, DocumentNumber.key(ref, number), path);
        Block block = blocks.getLast();
        for (IndexCursor it = index.names(); it.next(); ) {
            if (it.definitionsEnd() > it.definitionsStart()) {
                block.definitions.add(
                        slot,
                        it.bytes(),
                        it.nameStart(),
                        it.nameEnd(),
                        it.definitionsStart(),
                        it.definitionsEnd());
            }
            if (it.occurrencesEnd() > it.occurrencesStart()) {
                block.occurrences.add(
                        slot,
                        it.bytes(),
                        it.nameStart(),
                        it.nameEnd(),
                        it.occurrencesStart(),
                        it.occurrencesEnd());
            }
        }
        for (IndexCursor it = index.terms(); it.next(); ) {
            block.terms.add(
                    slot, it.bytes(), it.nameStart(), it.nameEnd(), it.nameEnd(), it.nameEnd());
        }
        return number;
    }

    void writeTo(Changes changes) {
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            block.definitions.writeTo(changes, Family.DEFINITIONS, ref, firstBlock + i);
            block.occurrences.writeTo(changes, Family.OCCURRENCES, ref, firstBlock + i);
            block.terms.writeTo(changes, Family.TERMS, ref, firstBlock + i);
        }
    }
}
