package io.tidescope.store.remote;

import java.io.IOException;

/**
 * A message of the protocol behind its hello.
 *
 * <pre>
 * frame   = length kind payload
 * length  = bytes of kind and payload   (4 bytes, big endian)
 * kind    = code of {@link Kind}        (1 byte)
 * payload = CBOR
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Frame(Kind kind, byte[] payload) {
    static final int HEADER_BYTES = Integer.BYTES + 1;

    /** What a frame says. */
    enum Kind {
        /** Asks partitions: {@link Request}. */
        ASK(1),
        /** Asks for the node's status; empty. */
        STATUS(2),
        /** The replies of all partitions asked: a list of {@link WireReply}. */
        REPLIES(3),
        /** {@link io.tidescope.store.query.NodeStatus}. */
        NODE_STATUS(4),
        /** {@link Failure}. */
        FAILURE(5),
        /**
         * Asks partitions for who may not see everything: {@link Request}. A node that does not
         * know that there are such would answer with everything; this it refuses to read.
         */
        ASK_RESTRICTED(6, HelloFormat.RESTRICTED),
        /** Asks how the node does inside; empty. */
        INSPECT(7, HelloFormat.INSPECTED),
        /** {@link io.tidescope.store.query.NodeInspection}. */
        NODE_INSPECTION(8, HelloFormat.INSPECTED);

        private final int code;
        private final int since;

        Kind(int code) {
            this(code, HelloFormat.OLDEST);
        }

        Kind(int code, int since) {
            this.code = code;
            this.since = since;
        }

        /** The first version of the protocol that has it. */
        int since() {
            return since;
        }

        int code() {
            return code;
        }

        static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("a frame of kind %d, which this version has not".formatted(code));
        }
    }
}
