/**
 * What a document is indexed with, as bytes: made where its tree is made, carried by its record,
 * and put into the store's postings as it is.
 */
@NullMarked
package io.tidescope.tree.index;

import org.jspecify.annotations.NullMarked;
