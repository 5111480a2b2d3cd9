package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class KeysTest {
    @Test
    void partsAreSeparatedByNul() {
        assertThat(new FileKey("a/b", "src/Ä.java").toBytes())
                .isEqualTo("a/b\0src/Ä.java".getBytes(StandardCharsets.UTF_8));
        assertThat(new DocumentKey("a/b", "refs/heads/main", "").toBytes())
                .isEqualTo("a/b\0refs/heads/main\0".getBytes(StandardCharsets.UTF_8));
        assertThat(new RefKey("a/b", "refs/heads/main").toBytes())
                .isEqualTo("a/b\0refs/heads/main".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keysAreReadBack() {
        FileKey file = new FileKey("a/b", "with space, \"quotes\" and\nnewline.java");
        DocumentKey document = new DocumentKey("a/b", "refs/heads/ö", "日本.java");
        DocumentKey marker = new DocumentKey("a/b", "refs/heads/main", "");
        RefKey ref = new RefKey("a/b", "refs/heads/main");

        assertThat(FileKey.read(file.toBytes())).isEqualTo(file);
        assertThat(DocumentKey.read(document.toBytes())).isEqualTo(document);
        assertThat(DocumentKey.read(marker.toBytes())).isEqualTo(marker);
        assertThat(marker.isMarker()).isTrue();
        assertThat(document.isMarker()).isFalse();
        assertThat(RefKey.read(ref.toBytes())).isEqualTo(ref);
    }

    @Test
    void keysOfAnotherFormAreCorrupt() {
        byte[] two = new FileKey("a", "b").toBytes();
        byte[] three = new DocumentKey("a", "b", "c").toBytes();

        assertRefused(ErrorCode.CORRUPT, () -> DocumentKey.read(two));
        assertRefused(ErrorCode.CORRUPT, () -> FileKey.read(three));
        assertRefused(ErrorCode.CORRUPT, () -> RefKey.read(new byte[0]));
    }

    @Test
    void aNulInAPartIsRefused() {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> new FileKey("a\0", "b"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> new DocumentKey("a", "b\0", "c"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> new RefKey("a", "\0"));
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        TideScopeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
