/** The stream that turns file changes into documents: a Kafka Streams topology around a parser. */
@NullMarked
package io.tidescope.parser.stream;

import org.jspecify.annotations.NullMarked;
