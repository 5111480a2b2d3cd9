package io.tidescope.app.cli;

import io.tidescope.schemas.RefKey;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a ref of a repository as messages show it; a repository's name may have spaces. */
final class RefOption implements ITypeConverter<RefKey> {
    @Override
    public RefKey convert(String text) {
        int at = text.lastIndexOf(' ');
        if (at < 1 || at == text.length() - 1) {
            throw new TypeConversionException(
                    "'%s' is no ref of a repository, such as 'acme/shop refs/heads/main'"
                            .formatted(text));
        }
        return new RefKey(text.substring(0, at), text.substring(at + 1));
    }
}
