package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A repository with SHA-256 object ids, which JGit does not know, read through the git command. */
final class CommandRepository implements GitRepository {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final String EMPTY_TREE =
            "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
    private static final String REF_FORMAT =
            "--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(symref)"
                    + " %(refname)";

    private final Path directory;
    private final Path gitDirectory;
    private final boolean bare;
    private final GitCommand git;
    private @Nullable BlobStream blobs;

    private CommandRepository(Path directory, Path gitDirectory, boolean bare, GitCommand git) {
        this.directory = directory;
        this.gitDirectory = gitDirectory;
        this.bare = bare;
        this.git = git;
    }

    static CommandRepository open(Path directory) {
        GitCommand git = new GitCommand(directory, TIMEOUT);
        String[] facts =
                git.run("rev-parse", "--is-bare-repository", "--absolute-git-dir").split("\n");
        return new CommandRepository(
                directory, Path.of(facts[1]), Boolean.parseBoolean(facts[0]), git);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Optional<String> originUrl() {
        return git.find("config", "--get", "remote.origin.url");
    }

    @Override
    public RefTips tips(Set<String> refs) {
        if (!Files.isDirectory(gitDirectory)) {
            throw GitObjects.gone(directory);
        }
        Map<String, String> commits = new HashMap<>();
        Map<String, String> targets = new HashMap<>();
        String head = head();
        Set<String> wanted = new TreeSet<>(refs);
        wanted.addAll(List.of(DefaultBranch.MAIN, DefaultBranch.MASTER, DefaultBranch.ORIGIN_HEAD));
        if (head != null) {
            wanted.add(head);
        }
        list(wanted, commits, targets);
        String originHead = targets.get(DefaultBranch.ORIGIN_HEAD);
        if (originHead != null) {
            list(Set.of(DefaultBranch.localOf(originHead)), commits, targets);
        }
        String defaultRef = DefaultBranch.choose(bare, head, originHead, commits::containsKey);
        commits.keySet().removeIf(ref -> !ref.equals(defaultRef) && !refs.contains(ref));
        return new RefTips(defaultRef, commits);
    }

    /** The branch HEAD names; null when it is detached. */
    private @Nullable String head() {
        return git.find("symbolic-ref", "-q", "HEAD").orElse(null);
    }

    private void list(Set<String> names, Map<String, String> commits, Map<String, String> targets) {
        List<String> arguments = new ArrayList<>(List.of("for-each-ref", REF_FORMAT));
        arguments.addAll(names);
        String listed = git.run(arguments.toArray(String[]::new));
        for (String line : listed.isEmpty() ? new String[0] : listed.split("\n")) {
            String[] fields = line.split(" ", -1);
            String name = fields[5];
            if (!names.contains(name)) {
                continue; // a name is a prefix to for-each-ref
            }
            if (fields[0].equals("commit")) {
                commits.put(name, fields[1]);
            } else if (fields[2].equals("commit")) {
                commits.put(name, fields[3]);
            } else {
                throw GitObjects.notACommit(directory, name);
            }
            if (!fields[4].isEmpty()) {
                targets.put(name, fields[4]);
            }
        }
    }

    @Override
    public boolean holds(String commit) {
        return find(commit + "^{tree}", 0) != null;
    }

    @Override
    public void diff(@Nullable String base, @Nullable String target, Consumer<TreeChange> visitor) {
        try {
            git.stream(
                    output -> {
                        RawDiff.read(new BufferedInputStream(output, 1 << 16), visitor);
                        return true;
                    },
                    "diff-tree",
                    "-r",
                    "-z",
                    "--no-renames",
                    base == null ? EMPTY_TREE : base,
                    target == null ? EMPTY_TREE : target);
        } catch (TideScopeException e) {
            for (String commit : new String[] {base, target}) {
                if (commit != null && !holds(commit)) {
                    throw GitObjects.unreadable(directory, "the tree of " + commit, e);
                }
            }
            throw e;
        }
    }

    @Override
    public Blob read(String object, int limitBytes) {
        Blob blob = find(object, limitBytes);
        if (blob == null) {
            throw GitObjects.unreadable(directory, "blob " + object, null);
        }
        return blob;
    }

    private @Nullable Blob find(String name, int limitBytes) {
        try {
            if (blobs == null) {
                blobs = new BlobStream(git);
            }
            return blobs.find(name, limitBytes);
        } catch (IOException e) {
            close(); // out of step: the next call starts another
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "git cat-file failed in " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public List<byte[]> ancestors(String commit, int limit) {
        String listed = git.run("rev-list", "--skip=1", "--max-count=" + limit, commit);
        return listed.isEmpty() ? List.of() : listed.lines().map(HexFormat.of()::parseHex).toList();
    }

    @Override
    public void close() {
        if (blobs != null) {
            blobs.close();
            blobs = null;
        }
    }
}
