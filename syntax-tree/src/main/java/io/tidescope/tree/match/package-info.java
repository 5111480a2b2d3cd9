/**
 * Structural search: patterns of Java with holes, rules made of them, and matching trees with them.
 */
@NullMarked
package io.tidescope.tree.match;

import org.jspecify.annotations.NullMarked;
