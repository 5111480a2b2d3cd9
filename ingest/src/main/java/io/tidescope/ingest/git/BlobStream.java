package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * One {@code git cat-file --batch} that answers object after object.
 *
 * <p>Asked {@code name LF}, it says {@code id SP type SP size LF content LF}, or {@code name SP
 * missing LF}. Over an object that it cannot read to the end, it ends. After a failure it is only
 * good for closing.
 */
final class BlobStream implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 8192;

    private final GitProcess process;
    private final InputStream answers;

    BlobStream(GitCommand git) {
        process = git.start("cat-file", "--batch");
        answers = new BufferedInputStream(process.output(), 1 << 16);
    }

    /** Null when there is no such object. */
    @Nullable Blob find(String name, int limitBytes) throws GitFailedException {
        try {
            process.input().write((name + "\n").getBytes(StandardCharsets.UTF_8));
            process.input().flush();
            String[] header = line().split(" ");
            if (header.length != 3 || header[2].isEmpty()) {
                return null;
            }
            long size = Long.parseLong(header[2]);
            byte[] content = null;
            if (size <= limitBytes) {
                content = answers.readNBytes((int) size);
            } else {
                answers.skipNBytes(size);
            }
            if (answers.read() != '\n') {
                throw new EOFException("git cat-file ended in the middle of " + name);
            }
            return new Blob(size, content);
        } catch (IOException e) {
            GitFailedException why = process.cutOff();
            why.addSuppressed(e);
            throw why;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0 || line.length() == MAX_HEADER_BYTES) {
                throw new EOFException("git cat-file ended");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
