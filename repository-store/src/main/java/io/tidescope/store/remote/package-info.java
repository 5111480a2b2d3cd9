/**
 * Asking a node of the store over the network: the server that a node answers with, the client that
 * is a {@link io.tidescope.store.query.NodeClient} like the node itself, and the protocol between
 * them.
 *
 * <p>Persistent TCP connections, one question at a time on each. A connection begins with a hello
 * ({@link io.tidescope.store.remote.HelloFormat}) in which both sides agree on a version and make
 * sure that they are of one cluster; then come frames ({@link io.tidescope.store.remote.Frame}), a
 * question and its answer in turn. What is in a frame is CBOR with named fields ({@link
 * io.tidescope.store.remote.Wire}): a field that a reader does not know is ignored and one that is
 * not there is null or zero, so that nodes one version apart understand each other.
 */
@NullMarked
package io.tidescope.store.remote;

import org.jspecify.annotations.NullMarked;
