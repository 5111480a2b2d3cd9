/**
 * The document store: one RocksDB with several column families per partition, kept by applying the
 * records of the {@code documents} topic and asked by typed queries.
 */
@NullMarked
package io.tidescope.store.rocks;

import org.jspecify.annotations.NullMarked;
