package io.tidescope.recovery.restore;

import io.tidescope.ingest.PublishLimits;
import io.tidescope.ingest.PublishListener;
import io.tidescope.schemas.RefKey;
import io.tidescope.testing.GitRepository;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The repositories of a scenario, what is changed in them, and what was published of each. */
final class Pushes {
    /** So that a publish takes several transactions. */
    static final PublishLimits SMALL_BATCHES = new PublishLimits(4, 1 << 20, 1 << 20, 16 << 20);

    private static final int REPOSITORIES = 2;

    private final Random random;
    private final List<byte[]> sources;
    private final Map<String, GitRepository> repositories = new TreeMap<>();

    /** Commits of complete publishes, and the last one that may be: each once, in their order. */
    private final Map<String, List<String>> commits = new HashMap<>();

    private final Map<String, String> published = new TreeMap<>();

    /** When complete publishes of commits began, by the clock of who published them. */
    private final Map<String, Instant> begun = new HashMap<>();

    private static final class CutOff extends RuntimeException {}

    /**
     * @param name begins the names of all repositories
     * @param sources what files consist of
     */
    Pushes(Path directory, String name, Random random, List<byte[]> sources) {
        this.random = random;
        this.sources = sources;
        for (int i = 0; i < REPOSITORIES; i++) {
            repositories.put(
                    name + "/" + i, GitRepository.create(directory.resolve(name + "-" + i)));
        }
    }

    /** Whether a repository is of a scenario, others of which may be in the same deployment. */
    static boolean isOf(String name, String repository) {
        return repository.startsWith(name + "/");
    }

    Map<String, GitRepository> repositories() {
        return repositories;
    }

    GitRepository git(String repository) {
        return Objects.requireNonNull(repositories.get(repository));
    }

    String any() {
        return List.copyOf(repositories.keySet()).get(random.nextInt(repositories.size()));
    }

    /** Of each repository the commit of its newest complete publish. */
    Map<String, String> published() {
        return Map.copyOf(published);
    }

    /** Commits that were published, or may have been, in their order. */
    List<String> commits(String repository) {
        return commits.getOrDefault(repository, List.of());
    }

    /** Commits something new, which is about to be published. */
    GitRepository change(String repository) {
        GitRepository git = git(repository);
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            git.write(
                    "p%d/F%d.java".formatted(random.nextInt(3), random.nextInt(20)),
                    sources.get(random.nextInt(sources.size())));
        }
        if (random.nextBoolean()) {
            List<String> paths = git.files(git.commit("before")).keySet().stream().toList();
            git.delete(paths.get(random.nextInt(paths.size())));
        }
        git.commit("change");
        commits.computeIfAbsent(repository, _ -> new ArrayList<>()).add(git.head());
        return git;
    }

    /** A publish of what was changed last is complete. */
    void done(String repository) {
        published.put(repository, git(repository).head());
    }

    /** Changes something and publishes it. */
    void push(TestDeployment to, String repository, InstantSource clock) {
        // One that stands still, so that it is known when the publish began.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        GitRepository git = change(repository);
        to.publish(repository, git, InstantSource.fixed(now));
        done(repository, git.head(), now);
    }

    /** Up to a commit all are complete: a publish that was cut off the next one goes on with. */
    private void done(String repository, String complete, Instant now) {
        published.put(repository, complete);
        for (String commit : commits(repository)) {
            begun.putIfAbsent(commit, now);
            if (commit.equals(complete)) {
                break;
            }
        }
    }

    /**
     * What there was at a moment, by the clocks of publishers: of each repository the newest commit
     * up to one that is given.
     */
    Map<String, String> at(Instant moment, Map<String, String> newest) {
        Map<String, String> there = new HashMap<>();
        newest.forEach(
                (repository, last) -> {
                    for (String commit : commits(repository)) {
                        Instant time = begun.get(commit);
                        if (time != null && !time.isAfter(moment)) {
                            there.put(repository, commit);
                        }
                        if (commit.equals(last)) {
                            break;
                        }
                    }
                });
        return there;
    }

    /**
     * Some transactions of it are committed, and the others never come.
     *
     * @return false when it was complete before
     */
    boolean pushCutOff(TestDeployment to, String repository) {
        AtomicInteger left = new AtomicInteger(random.nextInt(3));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        GitRepository git = change(repository);
        try {
            to.publish(
                    repository,
                    git,
                    InstantSource.fixed(now),
                    SMALL_BATCHES,
                    new PublishListener() {
                        @Override
                        public void progressed(String of, String ref, int done, int total) {
                            if (left.getAndDecrement() == 0) {
                                throw new CutOff();
                            }
                        }
                    });
        } catch (CutOff e) {
            String complete =
                    to.published(new HashMap<>()).get(new RefKey(repository, TestDeployment.MAIN));
            if (complete != null && commits(repository).contains(complete)) {
                done(repository, complete, now);
            }
            return !git.head().equals(complete);
        }
        done(repository, git.head(), now);
        return false;
    }

    /** What documents there must be at some commits. */
    SortedMap<String, String> oracle(Map<String, String> at) {
        SortedMap<String, String> expected = new TreeMap<>();
        at.forEach(
                (repository, commit) ->
                        expected.putAll(
                                TestDeployment.oracle(repository, git(repository), commit)));
        return expected;
    }
}
