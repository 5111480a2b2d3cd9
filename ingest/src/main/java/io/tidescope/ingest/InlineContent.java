package io.tidescope.ingest;

import io.tidescope.ingest.git.Blob;
import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.TreeEntry;
import io.tidescope.schemas.event.Upsert;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Decides whether a file's content travels in its event, or only the reason why it does not. */
final class InlineContent {
    private static final int CHUNK_BYTES = 1 << 16;

    private final PublishLimits limits;

    InlineContent(PublishLimits limits) {
        this.limits = limits;
    }

    Upsert read(GitRepository repository, TreeEntry entry) {
        Blob blob = repository.read(entry.object(), limits.readBytes());
        String rejection = rejection(blob);
        return new Upsert(
                entry.object(),
                entry.mode(),
                blob.size(),
                rejection == null ? ByteBuffer.wrap(blob.content()) : null,
                rejection);
    }

    private @Nullable String rejection(Blob blob) {
        byte[] content = blob.content();
        if (content == null) {
            return "the file has "
                    + blob.size()
                    + " bytes, over the limit of "
                    + limits.readBytes()
                    + "; split it, or leave it out of the repository";
        }
        if (content.length <= limits.inlineBytes() || fitsCompressed(content)) {
            return null;
        }
        return "the file has "
                + content.length
                + " bytes and more than the limit of "
                + limits.inlineBytes()
                + " when compressed; split it, or leave it out of the repository";
    }

    private boolean fitsCompressed(byte[] content) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(content);
            deflater.finish();
            while (!deflater.finished() && deflater.getBytesWritten() <= limits.inlineBytes()) {
                deflater.deflate(chunk);
            }
            return deflater.getBytesWritten() <= limits.inlineBytes();
        }
    }
}
