package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.rocks.KnownDocuments.Known;
import io.tidescope.tree.KindSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

@Timeout(60)
class KnownDocumentsTest {
    private static final DocumentKey A = new DocumentKey("shop", "main", "A.java");
    private static final DocumentKey B = new DocumentKey("shop", "main", "B.java");

    private final KnownDocuments documents = new KnownDocuments();

    @Test
    void whatWasReadIsKnownUntilItIsWrittenOver() {
        long view = view();
        documents.remember(A.toBytes(), A, content(1), view);
        documents.remember(B.toBytes(), B, content(2), view);

        documents.writing(List.of(A.toBytes()), () -> {});

        assertThat(find(A, view())).isNull();
        assertThat(find(B, view())).isEqualTo(new Known(B, content(2), view));
    }

    @Test
    void allAreReadWhenTheyAreAskedForAgainAndKeptUntilSomethingIsWritten() {
        AtomicInteger reads = new AtomicInteger();
        Supplier<@Nullable DocumentList> read =
                () -> {
                    reads.incrementAndGet();
                    return DocumentList.NONE;
                };
        assertThat(documents.all(view(), read)).isNull();
        assertThat(documents.all(view(), read)).isSameAs(DocumentList.NONE);
        assertThat(documents.all(view(), read)).isSameAs(DocumentList.NONE);
        assertThat(reads).hasValue(1);

        long before = view();
        documents.writing(List.of(A.toBytes()), () -> {});

        assertThat(documents.all(view(), read)).isNull();
        assertThat(documents.all(before, read)).isNull();
        assertThat(reads).hasValue(1);
    }

    @Test
    void whenThereAreTooManyTheyAreReadOnceAndNotForEachWhoAsks() {
        AtomicInteger reads = new AtomicInteger();
        for (int asked = 0; asked < 4; asked++) {
            assertThat(
                            documents.all(
                                    view(),
                                    () -> {
                                        reads.incrementAndGet();
                                        return null;
                                    }))
                    .isNull();
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void anOlderViewDoesNotSeeWhatIsNewer() {
        long before = view();
        documents.writing(List.of(A.toBytes()), () -> {});
        documents.remember(A.toBytes(), A, content(2), view());

        assertThat(find(A, before)).isNull();
        assertThat(find(A, view())).isNotNull();
    }

    @Test
    void whatWasReadBeforeAWriteIsNotRememberedAfterIt() {
        long before = view();
        documents.writing(List.of(A.toBytes()), () -> {});
        documents.remember(A.toBytes(), A, content(1), before);

        assertThat(find(A, view())).isNull();
    }

    @Test
    void aViewThatWasTakenDuringAWriteKnowsNothing() {
        documents.remember(A.toBytes(), A, content(1), view());
        documents.writing(
                List.of(B.toBytes()),
                () -> {
                    long during = view();
                    documents.remember(B.toBytes(), B, content(1), during);
                    assertThat(find(A, during)).isNull();
                });
        long before = documents.lastWrite();
        documents.writing(List.of(), () -> {});
        assertThat(find(A, documents.numberOfView(before))).isNull();

        assertThat(find(A, view())).isNotNull();
        assertThat(find(B, view())).isNull();
    }

    @Test
    void whatIsKnownInAViewIsWhatStandsThere() throws Exception {
        // A database of one document, whose value is the number of its last write.
        long[] stored = new long[1];
        Object database = new Object();
        AtomicBoolean ended = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
            List<Future<Long>> found = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                found.add(
                        readers.submit(
                                () -> {
                                    long known = 0;
                                    while (!ended.get()) {
                                        long before = documents.lastWrite();
                                        long snapshot;
                                        synchronized (database) {
                                            snapshot = stored[0];
                                        }
                                        long view = documents.numberOfView(before);
                                        Known there = find(A, view);
                                        if (there == null) {
                                            documents.remember(
                                                    A.toBytes(), A, content(snapshot), view);
                                        } else {
                                            assertThat(there.content())
                                                    .isEqualTo(content(snapshot));
                                            known++;
                                        }
                                    }
                                    return known;
                                }));
            }
            for (int write = 0; write < 20_000; write++) {
                documents.writing(
                        write % 4 == 0 ? List.of(A.toBytes()) : List.of(B.toBytes()),
                        write % 4 == 0
                                ? () -> {
                                    synchronized (database) {
                                        stored[0]++;
                                    }
                                }
                                : () -> {});
            }
            while (find(A, view()) == null) {
                Thread.onSpinWait();
            }
            ended.set(true);
            for (Future<Long> each : found) {
                assertThat(each.get()).isNotNegative();
            }
        }
    }

    private long view() {
        return documents.numberOfView(documents.lastWrite());
    }

    private @Nullable Known find(DocumentKey document, long view) {
        return documents.find(document.toBytes(), view);
    }

    private static TreeContent content(long fingerprint) {
        return new TreeContent(KindSet.ALL, fingerprint);
    }
}
