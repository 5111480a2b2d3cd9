/** Whether each thing that a process is made of or works with does its work, and why not. */
@NullMarked
package io.tidescope.app.health;

import org.jspecify.annotations.NullMarked;
