package io.tidescope.tree;

/**
 * A comment of a file.
 *
 * @param kind how it is written
 * @param start byte offset of its first byte in the source
 * @param end byte offset after its last byte, its delimiters included
 */
public record Comment(CommentKind kind, int start, int end) {}
