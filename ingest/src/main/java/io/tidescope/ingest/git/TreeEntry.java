package io.tidescope.ingest.git;

/**
 * What a tree holds at a path.
 *
 * @param object hex id of the blob, or of the submodule's commit
 * @param mode git's mode, such as octal 100644
 */
public record TreeEntry(String object, int mode) {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMLINK = 0120000;
    private static final int SUBMODULE = 0160000;

    public boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    public boolean isSymlink() {
        return (mode & TYPE) == SYMLINK;
    }

    public boolean isSubmodule() {
        return (mode & TYPE) == SUBMODULE;
    }
}
