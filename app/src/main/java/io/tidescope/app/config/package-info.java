/**
 * The configuration of a role: one YAML file and environment variables, read into an immutable tree
 * of records, or refused with everything that is wrong with it.
 */
@NullMarked
package io.tidescope.app.config;

import org.jspecify.annotations.NullMarked;
