package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;

/**
 * How much a publish takes in one bite.
 *
 * @param batchFiles changes in one transaction: what a killed publish may have to repeat
 * @param batchBytes source bytes after which a transaction takes no further change
 * @param inlineBytes largest content that travels in an event, compressed
 * @param readBytes largest content that is read at all
 */
public record PublishLimits(int batchFiles, int batchBytes, int inlineBytes, int readBytes) {
    public static final PublishLimits DEFAULT = new PublishLimits(500, 8 << 20, 1 << 20, 16 << 20);

    public PublishLimits {
        require("batchFiles", batchFiles, 1_000_000);
        require("batchBytes", batchBytes, 1 << 30);
        require("inlineBytes", inlineBytes, readBytes);
        require("readBytes", readBytes, Topics.MAX_RECORD_BYTES - (1 << 20));
    }

    private static void require(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT, name + " must be 1 to " + max + ", not " + value);
        }
    }
}
