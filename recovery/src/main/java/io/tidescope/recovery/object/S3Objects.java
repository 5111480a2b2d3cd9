package io.tidescope.recovery.object;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects in S3, or in any store that speaks it and knows conditional writes.
 *
 * <p>An object is put on the condition that there is none ({@code If-None-Match: *}), which the
 * store decides. One that answers well but does not heed the condition is found out at the first
 * object that a process creates, which is put twice. A put that was tried again and then refused
 * may have been refused for the sake of its own first attempt: the object is read, and was created
 * when it is the same. (So two writers of the same bytes may both be told that they created them.)
 *
 * <p>The store checks what it gets against {@code Content-MD5}. It is the one checksum that every
 * store takes: what the client adds by default, a CRC-32 behind a body in chunks, is known to few
 * others than AWS. It need only find accidents; TLS and the digests that archives carry do the
 * rest.
 *
 * <p>Nothing is asked when it is opened: the first call tells whether the bucket is there.
 */
final class S3Objects implements ObjectStore {
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Location location;
    private final S3Client client;

    /** What the keys of all objects begin with. */
    private final String root;

    private volatile boolean heedsConditions;

    S3Objects(S3Location location, AwsCredentialsProvider credentials, S3Patience patience) {
        this.location = location;
        this.client = S3Clients.open(location, credentials, patience);
        this.root = location.prefix().isEmpty() ? "" : location.prefix() + "/";
    }

    private enum Put {
        WRITTEN,
        REFUSED,
        /** Refused, perhaps because an attempt before, whose answer was lost, has written it. */
        UNCLEAR
    }

    @Override
    public boolean create(String name, byte[] content) {
        PutObjectRequest request =
                PutObjectRequest.builder()
                        .bucket(location.bucket())
                        .key(key(name))
                        .ifNoneMatch("*")
                        .contentMD5(md5(content))
                        .build();
        Put put = put(name, request, content);
        if (!heedsConditions) {
            if (put == Put.WRITTEN && put(name, request, content) == Put.WRITTEN) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        location
                                + " overwrites objects although it is asked not to (If-None-Match),"
                                + " so that two archives could destroy each other: use a store that"
                                + " knows conditional writes");
            }
            heedsConditions = true;
        }
        return switch (put) {
            case WRITTEN -> true;
            case REFUSED -> false;
            case UNCLEAR -> find(name).map(there -> Arrays.equals(there, content)).orElse(false);
        };
    }

    private Put put(String name, PutObjectRequest request, byte[] content) {
        return call(
                S3Action.CREATE,
                name,
                () -> {
                    try {
                        client.putObject(request, body(content));
                        return Put.WRITTEN;
                    } catch (S3Exception e) {
                        if (e.statusCode() != PRECONDITION_FAILED) {
                            throw e;
                        }
                        return e.numAttempts() == 1 ? Put.REFUSED : Put.UNCLEAR;
                    }
                });
    }

    /** Without a copy. */
    private static RequestBody body(byte[] content) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content),
                content.length,
                "application/octet-stream");
    }

    private static String md5(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public Optional<byte[]> find(String name) {
        return read(name, GetObjectRequest.builder());
    }

    @Override
    public Optional<byte[]> findBeginning(String name, int limit) {
        if (limit < 1) {
            throw TideScopeException.invalid(
                    "limit", "limit is %d, not 1 or more".formatted(limit));
        }
        return read(name, GetObjectRequest.builder().range("bytes=0-" + (limit - 1)))
                // A store may answer with all of it.
                .map(read -> read.length > limit ? Arrays.copyOf(read, limit) : read);
    }

    private Optional<byte[]> read(String name, GetObjectRequest.Builder request) {
        GetObjectRequest whole = request.bucket(location.bucket()).key(key(name)).build();
        return call(
                S3Action.FIND,
                name,
                () -> {
                    try {
                        return Optional.of(client.getObjectAsBytes(whole).asByteArrayUnsafe());
                    } catch (S3Exception e) {
                        if (isAbsent(e)) {
                            return Optional.empty();
                        }
                        if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                            // An object without bytes has no first one.
                            return Optional.of(new byte[0]);
                        }
                        throw e;
                    }
                });
    }

    @Override
    public List<StoredObject> list(String prefix) {
        ObjectNames.requirePrefix(prefix);
        return call(
                S3Action.LIST,
                prefix,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        list ->
                                                list.bucket(location.bucket())
                                                        .prefix(root + prefix))
                                .contents()
                                .stream()
                                .map(this::stored)
                                .filter(object -> ObjectNames.isName(object.name()))
                                .sorted(Comparator.comparing(StoredObject::name))
                                .toList());
    }

    private StoredObject stored(S3Object object) {
        return new StoredObject(
                object.key().substring(root.length()), object.size(), object.lastModified());
    }

    @Override
    public void delete(String name) {
        String key = key(name);
        call(
                S3Action.DELETE,
                name,
                () -> client.deleteObject(delete -> delete.bucket(location.bucket()).key(key)));
    }

    private String key(String name) {
        ObjectNames.require(name);
        return root + name;
    }

    /** That of the bucket is another thing, and an answer without a code is none of S3. */
    private static boolean isAbsent(S3Exception e) {
        return S3Failure.code(e).equals("NoSuchKey");
    }

    private <T> T call(S3Action action, String object, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw S3Failure.of(action, object, location, e);
        }
    }

    @Override
    public String toString() {
        return location.toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
