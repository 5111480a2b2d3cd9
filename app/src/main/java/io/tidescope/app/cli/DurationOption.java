package io.tidescope.app.cli;

import io.tidescope.app.config.WrittenDuration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

/** Reads durations from the command line as they are written in the configuration. */
final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return WrittenDuration.parse(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no duration, such as 500ms, 10s, 2m or 1h"
                                                .formatted(text)));
    }
}
