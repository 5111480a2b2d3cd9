package io.tidescope.ingest.git;

import io.tidescope.schemas.TideScopeException;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A repository with SHA-1 object ids, read by JGit inside this process. */
final class JGitRepository implements GitRepository {
    private final Path directory;
    private final Repository repository;
    private final ObjectReader reader;

    JGitRepository(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
        this.reader = repository.newObjectReader();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Optional<String> originUrl() {
        return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"));
    }

    @Override
    public RefTips tips(Set<String> refs) {
        if (!Files.isDirectory(repository.getDirectory().toPath())) {
            throw GitObjects.gone(directory);
        }
        try {
            String defaultRef =
                    DefaultBranch.choose(
                            repository.isBare(),
                            symbolicTarget(Constants.HEAD),
                            symbolicTarget(DefaultBranch.ORIGIN_HEAD),
                            this::exists);
            Set<String> wanted = new HashSet<>(refs);
            wanted.add(defaultRef);
            Map<String, String> commits = new HashMap<>();
            for (String name : wanted) {
                ObjectId tip = tip(name);
                if (tip != null) {
                    commits.put(name, commit(name, tip));
                }
            }
            return new RefTips(defaultRef, commits);
        } catch (IOException e) {
            throw unreadable("its refs", e);
        }
    }

    /**
     * Where a ref points; null when it is not there, which is only believed on a second look: while
     * git packs refs, one moves from a file of its own into the common one.
     */
    private @Nullable ObjectId tip(String name) throws IOException {
        Ref ref = repository.exactRef(name);
        if (ref == null || ref.getObjectId() == null) {
            repository.getRefDatabase().refresh();
            ref = repository.exactRef(name);
        }
        if (ref != null && ref.getObjectId() != null) {
            return ref.getObjectId();
        }
        Path loose = repository.getCommonDirectory().toPath().resolve(name);
        if (ref == null && Files.isRegularFile(loose)) {
            throw new IOException(loose + " holds no object id"); // to JGit that is no ref
        }
        return null;
    }

    private @Nullable String symbolicTarget(String name) throws IOException {
        Ref ref = repository.exactRef(name);
        return ref != null && ref.isSymbolic() ? ref.getTarget().getName() : null;
    }

    private boolean exists(String name) {
        try {
            Ref ref = repository.exactRef(name);
            return ref != null && ref.getObjectId() != null;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private String commit(String ref, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            if (walk.peel(walk.parseAny(id)) instanceof RevCommit commit) {
                return commit.name();
            }
        }
        throw GitObjects.notACommit(directory, ref);
    }

    @Override
    public boolean holds(String commit) {
        try {
            return reader.has(tree(commit));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void diff(@Nullable String base, @Nullable String target, Consumer<TreeChange> visitor) {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(root(base));
            walk.addTree(root(target));
            while (walk.next()) {
                visitor.accept(
                        new TreeChange(
                                new RawPath(walk.getRawPath()), entry(walk, 0), entry(walk, 1)));
            }
        } catch (IOException e) {
            throw unreadable(GitObjects.trees(base, target), e);
        }
    }

    private AbstractTreeIterator root(@Nullable String commit) throws IOException {
        return commit == null
                ? new EmptyTreeIterator()
                : new CanonicalTreeParser(null, reader, tree(commit));
    }

    private RevTree tree(String commit) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            return walk.parseCommit(ObjectId.fromString(commit)).getTree();
        }
    }

    private static @Nullable TreeEntry entry(TreeWalk walk, int side) {
        int mode = walk.getRawMode(side);
        return mode == 0 ? null : new TreeEntry(walk.getObjectId(side).name(), mode);
    }

    @Override
    public Blob read(String object, int limitBytes) {
        try {
            ObjectLoader loader = reader.open(ObjectId.fromString(object), Constants.OBJ_BLOB);
            long size = loader.getSize();
            return new Blob(size, size > limitBytes ? null : loader.getBytes(limitBytes));
        } catch (IOException | LargeObjectException e) {
            throw unreadable("blob " + object, e);
        }
    }

    @Override
    public List<byte[]> ancestors(String commit, int limit) {
        List<byte[]> ids = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            RevCommit tip = walk.parseCommit(ObjectId.fromString(commit));
            walk.markStart(tip);
            while (ids.size() < limit) {
                RevCommit next = walk.next();
                if (next == null) {
                    break;
                }
                if (!AnyObjectId.isEqual(next, tip)) {
                    ids.add(rawId(next));
                }
            }
        } catch (MissingObjectException | CorruptObjectException e) {
            return ids; // history is damaged, and ends there
        } catch (IOException e) {
            throw unreadable("the history of " + commit, e);
        }
        return ids;
    }

    private static byte[] rawId(AnyObjectId id) {
        byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
        id.copyRawTo(raw, 0);
        return raw;
    }

    private TideScopeException unreadable(String what, Exception cause) {
        return GitObjects.unreadable(directory, what, cause);
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }
}
