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
        FAILURE(5);

        private final int code;

        Kind(int code) {
            this.code = code;
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
