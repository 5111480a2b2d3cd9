package io.tidescope.app.cli;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which backup is meant.
 *
 * @param number empty for the newest
 */
record BackupNumber(OptionalLong number) {
    static final String FORM = "its number, or latest";

    private static final String LATEST = "latest";

    /**
     * @throws TideScopeException NOT_FOUND when the newest is meant and there is none
     */
    long in(Archive archive) {
        return number.orElseGet(() -> latest(archive));
    }

    private static long latest(Archive archive) {
        List<Long> backups = archive.backups();
        if (backups.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.NOT_FOUND, "There is no backup in %s yet.".formatted(archive));
        }
        return backups.getLast();
    }

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<BackupNumber> {
        @Override
        public BackupNumber convert(String text) {
            if (text.equals(LATEST)) {
                return new BackupNumber(OptionalLong.empty());
            }
            if (text.matches("[1-9]\\d{0,9}")) {
                return new BackupNumber(OptionalLong.of(Long.parseLong(text)));
            }
            throw new TypeConversionException("'%s' is no backup: %s".formatted(text, FORM));
        }
    }
}
