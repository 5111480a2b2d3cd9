package io.tidescope.tree;

/**
 * Where JavaParser says that a node stands, for the few nodes whose place is not a range of the
 * source: the root of an empty file stands at line 0. Lines and columns count from 1, in UTF-16
 * units; the end is the last character.
 */
public record Positions(int beginLine, int beginColumn, int endLine, int endColumn) {}
