package io.tidescope.ingest.git;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
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
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BROKEN = "broken ref ";
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
        return open(directory, PATIENCE);
    }

    static CommandRepository open(Path directory, Duration patience) {
        GitCommand git = GitCommand.reading(directory, patience);
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
        GitCommand.Done<String> listed;
        try {
            listed = git.print(arguments.toArray(String[]::new));
        } catch (GitFailedException e) {
            throw failed("for-each-ref", "its refs", e);
        }
        requireNotBroken(names, listed.complaint());
        for (String line : listed.result().lines().toList()) {
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

    /** Git passes over a ref that holds no object id, with a warning: it is not a deleted one. */
    private void requireNotBroken(Set<String> names, Optional<String> complaint) {
        String words =
                complaint.orElseThrow(
                        () ->
                                GitObjects.unreadable(
                                        directory,
                                        "its refs: git complains more about them than can be heard",
                                        null));
        for (String line : words.lines().toList()) {
            int at = line.indexOf(BROKEN);
            if (at >= 0 && names.contains(line.substring(at + BROKEN.length()))) {
                throw GitObjects.unreadable(directory, "its refs: " + line, null);
            }
        }
    }

    @Override
    public boolean holds(String commit) {
        try {
            return find(commit + "^{tree}", 0) != null;
        } catch (GitFailedException e) {
            if (e.isFatal()) {
                return false;
            }
            throw git.unavailable("cat-file", e);
        }
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
        } catch (GitFailedException e) {
            throw failed("diff-tree", GitObjects.trees(base, target), e);
        }
    }

    @Override
    public Blob read(String object, int limitBytes) {
        try {
            Blob blob = find(object, limitBytes);
            if (blob != null) {
                return blob;
            }
        } catch (GitFailedException e) {
            throw failed("cat-file", "blob " + object, e);
        }
        throw GitObjects.unreadable(directory, "blob " + object, null);
    }

    private @Nullable Blob find(String name, int limitBytes) throws GitFailedException {
        if (blobs == null) {
            blobs = new BlobStream(git);
        }
        try {
            return blobs.find(name, limitBytes);
        } catch (GitFailedException e) {
            close(); // the next call starts another
            throw e;
        }
    }

    @Override
    public List<byte[]> ancestors(String commit, int limit) {
        try {
            String listed =
                    git.print("rev-list", "--skip=1", "--max-count=" + limit, commit).result();
            return listed.lines().map(HexFormat.of()::parseHex).toList();
        } catch (GitFailedException e) {
            if (e.isFatal()) {
                return List.of(); // history is damaged, and may end there
            }
            throw git.unavailable("rev-list", e);
        }
    }

    private TideScopeException failed(String command, String what, GitFailedException failure) {
        return failure.isFatal()
                ? GitObjects.unreadable(directory, what, failure)
                : git.unavailable(command, failure);
    }

    @Override
    public void close() {
        if (blobs != null) {
            blobs.close();
            blobs = null;
        }
    }
}
