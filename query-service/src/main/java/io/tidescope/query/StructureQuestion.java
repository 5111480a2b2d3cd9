package io.tidescope.query;

import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.tree.match.Search;

/**
 * A structural search.
 *
 * @param countOnly whether matches are counted, all of them, and not listed
 * @param explain whether to tell how many documents are in scope
 */
public record StructureQuestion(
        Search search, Scope scope, PathGlobs paths, boolean countOnly, boolean explain) {}
