package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseOutcome;

/**
 * A document with something wrong in its source.
 *
 * @param encoding what it was read as
 * @param problems how many of that sort it has
 * @param code kind of the first of them
 * @param message what it says
 * @param line where it is, from 1; 0 when it is about the whole file
 * @param column from 1, in UTF-16 units; 0 when it is about the whole file
 */
public record TroubledDocument(
        DocumentKey document,
        ParseOutcome outcome,
        String encoding,
        int problems,
        String code,
        String message,
        int line,
        int column) {}
