package io.tidescope.ingest;

import io.tidescope.schemas.event.RefState;

/** How many files of each kind a tree holds. */
record FileCounts(int javaFiles, int otherFiles, int symlinks, int submodules) {
    static final FileCounts NONE = new FileCounts(0, 0, 0, 0);

    static FileCounts of(RefState state) {
        return new FileCounts(
                state.getJavaFiles(),
                state.getOtherFiles(),
                state.getSymlinks(),
                state.getSubmodules());
    }

    FileCounts plus(FileKind kind, int files) {
        return switch (kind) {
            case JAVA -> new FileCounts(javaFiles + files, otherFiles, symlinks, submodules);
            case OTHER -> new FileCounts(javaFiles, otherFiles + files, symlinks, submodules);
            case SYMLINK -> new FileCounts(javaFiles, otherFiles, symlinks + files, submodules);
            case SUBMODULE -> new FileCounts(javaFiles, otherFiles, symlinks, submodules + files);
        };
    }
}
