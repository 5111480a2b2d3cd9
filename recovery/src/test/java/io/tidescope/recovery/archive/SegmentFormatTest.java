package io.tidescope.recovery.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

final class SegmentFormatTest {
    private static final String NAME = "tail/x";

    private final Random random = new Random(42);

    @Test
    void recordsComeBackAsTheyWere() {
        List<ArchivedRecord> records = Samples.records(random, 17, 500);

        Segment segment = Samples.segment(Samples.LOG, 17, records);

        SegmentReader reader = new SegmentReader(NAME, segment.content());
        assertThat(reader.header()).isEqualTo(segment.header());
        assertThat(reader.header().from()).isEqualTo(17);
        assertThat(reader.header().to()).isEqualTo(records.getLast().offset() + 1);
        assertThat(all(reader).stream().map(SegmentFormatTest::text))
                .containsExactlyElementsOf(records.stream().map(SegmentFormatTest::text).toList());
    }

    @Test
    void marksStandInTheHeader() {
        SegmentBuilder builder = new SegmentBuilder(Samples.LOG, 0, Effort.MUCH);
        Mark mark = Samples.mark("a/b", 3, 1_800_000_000_000L);
        builder.add(Samples.records(random, 0, 1).getFirst(), mark);

        SegmentHeader header = SegmentFormat.header(NAME, builder.build().content());

        assertThat(header.marks()).containsExactly(mark);
    }

    @Test
    void aBitThatFlipsAnywhereIsNoticed() {
        byte[] whole = Samples.segment(Samples.LOG, 0, Samples.records(random, 0, 20)).content();
        for (int place = 0; place < whole.length; place++) {
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> all(new SegmentReader(NAME, damaged)))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining(NAME);
        }
    }

    @Test
    void aSegmentThatEndsEarlyIsNoticed() {
        byte[] whole = Samples.segment(Samples.LOG, 0, Samples.records(random, 0, 20)).content();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> all(new SegmentReader(NAME, cut)))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
        }
    }

    @Test
    void aNewerVersionIsNotReadAsThisOne() {
        byte[] newer = Samples.segment(Samples.LOG, 0, Samples.records(random, 0, 1)).content();
        newer[5] = SegmentFormat.VERSION + 1;

        assertThatThrownBy(() -> new SegmentReader(NAME, newer))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION))
                .hasMessageContaining("version 2");
    }

    private static String text(ArchivedRecord record) {
        return "%d %d %s %s %s"
                .formatted(
                        record.offset(),
                        record.timestamp(),
                        Arrays.toString(record.key()),
                        Arrays.toString(record.value()),
                        record.headers().stream()
                                .map(each -> each.key() + Arrays.toString(each.value()))
                                .toList());
    }

    private static List<ArchivedRecord> all(SegmentReader reader) {
        List<ArchivedRecord> records = new ArrayList<>();
        for (ArchivedRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }
}
