package io.tidescope.recovery.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

final class DirectoryObjectsTest extends ObjectStoreContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path temp;
    private Path directory;
    private ObjectStore objects;

    @BeforeEach
    void open() throws IOException {
        directory = Files.createDirectory(temp.resolve("archive"));
        objects = open(directory);
    }

    private static ObjectStore open(Path directory) {
        return ObjectStores.directory(directory, InstantSource.fixed(NOW));
    }

    @Override
    ObjectStore store() {
        return objects;
    }

    private Path unfinished(String name) {
        return directory.resolve(DirectoryObjects.UNFINISHED).resolve(name);
    }

    @Test
    void the_directory_must_be_there() {
        Path missing = temp.resolve("missing");
        assertThatThrownBy(() -> open(missing))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("make it");
        assertThat(missing).doesNotExist();
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> open(missing));
    }

    @Test
    void a_directory_that_is_gone_is_told_by_every_call_and_not_made_again() throws IOException {
        objects.create("a/1", bytes("content"));
        Files.move(directory, temp.resolve("elsewhere"));
        assertGone();
        assertThat(directory).doesNotExist();
    }

    @Test
    void the_empty_place_of_a_directory_that_is_no_longer_mounted_is_not_taken_for_it()
            throws IOException {
        objects.create("a/1", bytes("content"));
        Files.move(directory, temp.resolve("elsewhere"));
        Files.createDirectory(directory);
        assertGone();
        assertThat(directory).isEmptyDirectory();
    }

    private void assertGone() {
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.create("a/2", bytes("content")));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.find("a/1"));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.findBeginning("a/1", 1));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.list(""));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.delete("a/1"));
        assertThatThrownBy(() -> objects.find("a/1"))
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("mount it again");
    }

    @Test
    void a_directory_that_comes_back_is_used_again() throws IOException {
        objects.create("a/1", bytes("content"));
        Path elsewhere = Files.move(directory, temp.resolve("elsewhere"));
        assertGone();
        Files.move(elsewhere, directory);
        assertThat(objects.find("a/1")).hasValue(bytes("content"));
    }

    @Test
    void what_dead_writers_left_is_removed_after_a_day_and_what_others_write_is_not()
            throws IOException {
        Path old = Files.writeString(unfinished("old"), "half");
        Path fresh = Files.writeString(unfinished("fresh"), "half");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(fresh, FileTime.from(NOW.minus(Duration.ofHours(23))));
        ObjectStore again = open(directory);
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(again.list("")).isEmpty();
    }

    @Test
    void nothing_unfinished_is_left_by_a_create() throws IOException {
        objects.create("a", bytes("first"));
        objects.create("a", bytes("second"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> objects.create("a/b", bytes("third")));
        try (Stream<Path> left = Files.list(directory.resolve(DirectoryObjects.UNFINISHED))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void files_of_others_are_no_objects() throws IOException {
        objects.create("a", bytes("content"));
        Files.writeString(directory.resolve("READ ME"), "of somebody");
        Files.writeString(Files.createDirectory(directory.resolve("my files")).resolve("a"), "x");
        Files.createSymbolicLink(directory.resolve("link"), temp);
        assertThat(objects.list("")).singleElement().returns("a", StoredObject::name);
    }

    @Test
    void no_object_has_the_name_of_a_directory_of_another() {
        objects.create("a/b/c", bytes("content"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> objects.create("a/b", bytes("x")));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> objects.create("a/b/c/d", bytes("x")));
        assertThat(objects.list("")).singleElement().returns("a/b/c", StoredObject::name);
    }

    @Test
    void two_processes_see_each_others_objects() {
        ObjectStore other = open(directory);
        assertThat(other.create("a/1", bytes("content"))).isTrue();
        assertThat(objects.create("a/1", bytes("other"))).isFalse();
        assertThat(objects.find("a/1")).hasValue(bytes("content"));
    }

    @Test
    void a_file_system_without_links_is_refused_before_anything_is_written() throws IOException {
        Configuration linkless =
                Configuration.unix().toBuilder()
                        .setSupportedFeatures(Feature.SYMBOLIC_LINKS)
                        .build();
        try (FileSystem files = Jimfs.newFileSystem(linkless)) {
            Path volume = Files.createDirectory(files.getPath("/volume"));
            assertThatThrownBy(() -> open(volume)).hasMessageContaining("hard links");
            assertRefused(ErrorCode.PRECONDITION_FAILED, () -> open(volume));
        }
    }

    @Test
    void a_full_disk_and_a_forbidden_one_are_told_apart() {
        TideScopeException full =
                DirectoryFailure.of(
                        "write a to", directory, new IOException("No space left on device"));
        assertThat(full.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(full).hasMessageContaining(directory.toString()).hasMessageContaining("full");
        TideScopeException readOnly =
                DirectoryFailure.of(
                        "write a to",
                        directory,
                        new FileSystemException("a", null, "Read-only file system"));
        TideScopeException denied =
                DirectoryFailure.of("read a in", directory, new AccessDeniedException("a"));
        assertThat(readOnly.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
        assertThat(denied.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
    }

    @Test
    void it_is_called_by_its_path() {
        assertThat(objects).hasToString(directory.toString());
    }
}
