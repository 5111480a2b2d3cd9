package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.SourceFile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Records of a topic, drawn one after the other, and the model of what they come to. */
final class RandomTopic {
    static final List<String> REPOSITORIES = List.of("acme/tide", "acme/tide-pool");
    static final List<String> REFS = List.of("refs/heads/main", "refs/heads/next");

    private static final List<byte[]> CONTENTS = contents();
    private static final DocumentKey A_KEY = new DocumentKey("some/where", "else", "File.java");

    private final StoreModel model = new StoreModel();
    private final TestRecords records;
    private final List<StoreRecord> topic = new ArrayList<>();
    private long sequence;

    RandomTopic(TestRecords records) {
        this.records = records;
    }

    /** What all records come to, one after the other. */
    StoreModel model() {
        return model;
    }

    /** All records so far. */
    List<StoreRecord> written() {
        return topic;
    }

    /** One or a few new records, as the topic and the model see them too. */
    List<StoreRecord> next(Random random) {
        List<StoreRecord> next = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            next.add(record(random));
        }
        topic.addAll(next);
        return next;
    }

    private StoreRecord record(Random random) {
        String repository = pick(REPOSITORIES, random);
        String ref = pick(REFS, random);
        DocumentKey key =
                new DocumentKey(repository, ref, "src/%d/File.java".formatted(random.nextInt(9)));
        sequence++;
        return switch (random.nextInt(12)) {
            case 0, 1 -> {
                model.remove(key);
                yield records.remove(key);
            }
            case 2 -> {
                if (random.nextInt(8) == 0) {
                    model.unmark(new RefKey(repository, ref));
                    yield records.remove(new DocumentKey(repository, ref, ""));
                }
                RevisionMarker marker = marker(repository, ref, random);
                model.mark(marker);
                yield records.mark(marker);
            }
            case 3 -> {
                // Only what is said about the content changes, not the content.
                Document old = model.documents().get(key);
                Document document =
                        old == null
                                ? TestRecords.document(key, pick(CONTENTS, random), sequence)
                                : Document.newBuilder(old).setMode(0100755).build();
                model.put(document);
                yield put(document, random);
            }
            case 4 -> {
                Document parsed = TestRecords.document(key, pick(CONTENTS, random), sequence);
                Document document =
                        random.nextBoolean()
                                ? StoreModel.damaged(parsed)
                                : StoreModel.unparseable(parsed);
                model.put(document);
                yield put(document, random);
            }
            case 5 -> {
                // A few words more, as when somebody edits it.
                Document old = model.documents().get(key);
                byte[] content =
                        old == null ? pick(CONTENTS, random) : edited(old.getSource(), random);
                Document document = TestRecords.document(key, content, sequence);
                model.put(document);
                yield put(document, random);
            }
            default -> {
                Document document = TestRecords.document(key, pick(CONTENTS, random), sequence);
                model.put(document);
                yield put(document, random);
            }
        };
    }

    /** The index may have come with the document, or not, or in a form that is of no use. */
    private StoreRecord put(Document document, Random random) {
        byte[] index = document.getIndex().array();
        byte[] carried =
                switch (random.nextInt(5)) {
                    case 0 -> new byte[0];
                    case 1 -> damaged(index, random);
                    case 2 ->
                            TestRecords.document(A_KEY, CONTENTS.getFirst(), 1).getIndex().array();
                    default -> index;
                };
        return records.put(
                Document.newBuilder(document).setIndex(ByteBuffer.wrap(carried)).build());
    }

    private static byte[] damaged(byte[] index, Random random) {
        byte[] damaged = index.clone();
        if (damaged.length > 0) {
            damaged[random.nextInt(Math.min(40, damaged.length))] ^= 0x20;
        }
        return damaged;
    }

    private static byte[] edited(ByteBuffer source, Random random) {
        byte[] old = new byte[source.remaining()];
        source.get(source.position(), old);
        byte[] more =
                "%nclass Edited%d { String text = \"edit %d\"; }%n"
                        .formatted(random.nextInt(100), random.nextInt(100))
                        .getBytes(StandardCharsets.UTF_8);
        return Keys.concat(old, more);
    }

    private RevisionMarker marker(String repository, String ref, Random random) {
        boolean deleted = random.nextInt(6) == 0;
        RevisionMarker marker =
                TestRecords.marker(
                        repository,
                        ref,
                        deleted ? null : TestRecords.commit(random.nextInt(40)),
                        sequence,
                        random.nextBoolean());
        List<ByteBuffer> ancestors = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            ancestors.add(
                    ByteBuffer.wrap(
                            HexFormat.of().parseHex(TestRecords.commit(random.nextInt(40)))));
        }
        marker.getAncestors().addAll(deleted ? List.of() : ancestors);
        return marker;
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Real files, small enough to be compared often, and what is no Java at all. */
    private static List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (SourceFile file : Corpus.open().sample(300)) {
            if (file.content().length < 6000 && contents.size() < 40) {
                contents.add(file.content());
            }
        }
        contents.add(new byte[0]);
        contents.add("class {{{ ((( nothing".getBytes(StandardCharsets.UTF_8));
        contents.add(
                "class Fish { int f\u00fcnf, \ud840\udc00wave; }".getBytes(StandardCharsets.UTF_8));
        return contents;
    }
}
