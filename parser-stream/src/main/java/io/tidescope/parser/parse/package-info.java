/** Java source to syntax tree and back: the only package that sees JavaParser. */
@NullMarked
package io.tidescope.parser.parse;

import org.jspecify.annotations.NullMarked;
