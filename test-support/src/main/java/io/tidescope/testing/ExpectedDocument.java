package io.tidescope.testing;

import java.util.List;

/**
 * What the index has to say about one file.
 *
 * @param blob the content's object id in a SHA-1 repository
 * @param size bytes of the content
 * @param definitions by place of their names
 * @param occurrences by place
 */
public record ExpectedDocument(
        String path,
        String blob,
        long size,
        int lines,
        List<ExpectedDefinition> definitions,
        List<ExpectedOccurrence> occurrences) {}
