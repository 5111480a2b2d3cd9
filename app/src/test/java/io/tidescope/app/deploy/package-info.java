/** The manifests in {@code k8s/}, held against what the code does. */
@NullMarked
package io.tidescope.app.deploy;

import org.jspecify.annotations.NullMarked;
