package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.tree.KindSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The bytes of every layout of format version {@value StoreFormat#VERSION}, written out. */
class LayoutGoldenTest {
    private static final byte[] REF = Keys.ref(new DocumentKey("a/b", "r", "p").toBytes());

    @Test
    void postingKey() {
        byte[] key = PostingKey.of(utf8("n\u00e9"), REF, 258);
        assertThat(hex(key))
                .isEqualTo("6ec3a9" + "00" + "612f62" + "00" + "72" + "00" + "00000102");
        assertThat(PostingKey.nameLength(key)).isEqualTo(3);
        assertThat(PostingKey.block(key)).isEqualTo(258);
    }

    @Test
    void numberKey() {
        int number = DocumentNumber.of(258, 3);
        byte[] key = DocumentNumber.key(REF, number);
        assertThat(hex(key)).isEqualTo("612f62" + "00" + "72" + "00" + "00010203");
        assertThat(DocumentNumber.read(key)).isEqualTo(number);
        assertThat(DocumentNumber.block(number)).isEqualTo(258);
        assertThat(DocumentNumber.slot(number)).isEqualTo(3);
    }

    @Test
    void postings() {
        ByteWriter writer = new ByteWriter(1);
        Postings.write(writer, 3, utf8("abcd"), 1, 3);
        Postings.write(writer, 200, new byte[0], 0, 0);
        byte[] bytes = writer.toArray();
        assertThat(hex(bytes)).isEqualTo("03" + "02" + "6263" + "c8" + "00");
        Postings postings = new Postings(bytes);
        assertThat(postings.find(200)).isTrue();
        assertThat(postings.end()).isEqualTo(postings.start());
        assertThat(postings.next()).isFalse();
        Slots gone = new Slots();
        gone.add(3);
        assertThat(hex(Postings.without(bytes, gone))).isEqualTo("c8" + "00");
    }

    @Test
    void documentEntry() {
        DocumentEntry entry = someDocument();
        assertThat(hex(entry.toBytes()))
                .isEqualTo(
                        "0000000000000102"
                                + "0000000000000003"
                                + "0a0b000000000001"
                                + "ffffffff0f"
                                + "ac02"
                                + "026331"
                                + "026232"
                                + "a48302"
                                + "01"
                                + "055554462d38"
                                + "05"
                                + "01"
                                + "04"
                                + "03"
                                + "02"
                                + "07"
                                + "01"
                                + "0673796e746178"
                                + "016d"
                                + "00"
                                + "00");
        assertThat(DocumentEntry.read(entry.toBytes())).isEqualTo(entry);
    }

    @Test
    void progress() {
        Progress progress = new Progress(-1, 300, 1, 2, 3, 4, 5, 6);
        assertThat(hex(progress.toBytes()))
                .isEqualTo("00" + "ac02" + "01" + "02" + "03" + "04" + "05" + "06");
        assertThat(Progress.read(progress.toBytes())).isEqualTo(progress);
    }

    @Test
    void revisionKeys() {
        RefKey ref = new RefKey("a", "b");
        assertThat(hex(RevisionKeys.ref(ref))).isEqualTo("72" + "61" + "00" + "62");
        assertThat(hex(RevisionKeys.commit("c0", ref)))
                .isEqualTo("63" + "6330" + "00" + "61" + "00" + "62");
        assertThat(hex(RevisionKeys.serial(ref, 258)))
                .isEqualTo("6e" + "61" + "00" + "62" + "00" + "0000000000000102");
        assertThat(hex(RevisionKeys.serialBytes(300))).isEqualTo("ac02");
        assertThat(RevisionKeys.readSerial(RevisionKeys.serialBytes(300))).isEqualTo(300);
    }

    @Test
    void refEntry() {
        RefEntry entry = someRef();
        assertThat(hex(entry.toBytes()))
                .isEqualTo(
                        "0161"
                                + "0162"
                                + "01"
                                + "026330"
                                + "02"
                                + "01"
                                + "82d095ffbc31"
                                + "01"
                                + "02"
                                + "03"
                                + "04"
                                + "01"
                                + "03"
                                + "00");
        assertThat(RefEntry.read(entry.toBytes())).isEqualTo(entry);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyCutAndEveryLongerValueIsRefusedAsCorrupt(byte[] bytes, Consumer<byte[]> read) {
        read.accept(bytes);
        for (int length = 0; length < bytes.length; length++) {
            assertIsRefused(Arrays.copyOf(bytes, length), read);
        }
        assertIsRefused(Arrays.copyOf(bytes, bytes.length + 1), read);
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                layout(someRef().toBytes(), RefEntry::read),
                layout(someDocument().toBytes(), DocumentEntry::read),
                layout(new Progress(1, 2, 3, 4, 5, 6, 7, 8).toBytes(), Progress::read),
                layout(RevisionKeys.serialBytes(300), RevisionKeys::readSerial));
    }

    private static Arguments layout(byte[] bytes, Consumer<byte[]> read) {
        return Arguments.of(bytes, read);
    }

    private static void assertIsRefused(byte[] bytes, Consumer<byte[]> read) {
        assertThatThrownBy(() -> read.accept(bytes))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }

    private static DocumentEntry someDocument() {
        return new DocumentEntry(
                new TreeContent(new KindSet(0x1_02, 3), 0x0a0b_0000_0000_0001L),
                -1,
                300,
                "c1",
                "b2",
                0100644,
                ParseOutcome.PARSED_WITH_PROBLEMS,
                "UTF-8",
                5,
                1,
                4,
                3,
                2,
                7,
                List.of(new ParseProblem("syntax", "m", -1, -1)));
    }

    private static RefEntry someRef() {
        return new RefEntry(TestRecords.marker("a", "b", "c0", 2, true), 1, 3);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
