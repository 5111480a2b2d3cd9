package io.tidescope.ingest.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The machine as JGit sees it here: only a repository's own settings count, and reading leaves no
 * trace.
 *
 * <p>By itself JGit runs git to find the system's settings, writes test files into the repository
 * to measure how fine its time stamps are, and keeps the result in the user's home.
 */
final class SilentSystem extends SystemReader.Delegate {
    /** As coarse as any file system in use: a file written within it is read again. */
    private static final Duration TIMESTAMP_RESOLUTION = Duration.ofSeconds(2);

    private SilentSystem(SystemReader system) {
        super(system);
    }

    /** For the whole process: JGit knows one machine. */
    static void install() {
        SystemReader.setInstance(new SilentSystem(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /** Settings without a file, which know the resolution of every file system. */
    private static final class Empty extends FileBasedConfig {
        Empty(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section,
                @Nullable String subsection,
                String name,
                long defaultValue,
                TimeUnit wantUnit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                            && name.equals(ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION)
                    ? wantUnit.convert(TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }
    }
}
