package io.tidescope.app.role;

import io.tidescope.app.config.ArchiveLocation;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;

import java.time.InstantSource;

/** Opens the store that backups are kept in. */
public final class ArchiveStore {
    private ArchiveStore() {}

    /**
     * @throws io.tidescope.schemas.TideScopeException PRECONDITION_FAILED when a directory cannot
     *     be used; whether a bucket can be the first call tells
     */
    public static ObjectStore open(ArchiveLocation location) {
        return switch (location) {
            case ArchiveLocation.Directory(var path) ->
                    ObjectStores.directory(path, InstantSource.system());
            case ArchiveLocation.Bucket(var bucket, var credentials) ->
                    ObjectStores.s3(bucket, credentials);
        };
    }
}
