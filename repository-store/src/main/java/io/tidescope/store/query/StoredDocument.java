package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A document as the store holds it; the fields are those of the {@code documents} topic.
 *
 * @param source UTF-8; null when it was not asked for
 * @param tree {@link io.tidescope.tree.SyntaxTree} bytes; null when not asked for, empty when
 *     unparseable
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record StoredDocument(
        DocumentKey key,
        long sequence,
        String commit,
        String blob,
        int mode,
        ParseOutcome outcome,
        String encoding,
        long size,
        int lines,
        List<ParseProblem> problems,
        byte @Nullable [] source,
        byte @Nullable [] tree) {}
