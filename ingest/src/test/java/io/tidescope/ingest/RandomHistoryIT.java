package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;

import io.tidescope.ingest.git.GitFixture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Whatever history does, the log follows: random work on a repository, published now and then by
 * publishers that die now and then. Repeat a failure with {@code -Dseed=}.
 */
class RandomHistoryIT {
    private static final int STEPS = 80;
    private static final String SIDE = "refs/heads/side";

    @TempDir Path temp;

    @Test
    void the_log_follows_random_histories() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RandomHistoryIT -Dseed=" + seed);
        RandomGenerator random = new Random(seed);
        GitFixture git = GitFixture.init(temp.resolve("work"));
        git.write("First.java", "class First {}").commit();
        TrackedRepository repository = LogRig.tracked("tests/random", git, "side");
        git.run("branch", "side");
        try (LogRig rig = new LogRig()) {
            // A ref that is asked for must exist once; from then on it may come and go.
            verify(rig, repository, git);
            for (int step = 0; step < STEPS; step++) {
                work(git, random, step);
                if (random.nextInt(3) == 0) {
                    publishOrDie(rig, repository, random);
                }
                if (random.nextInt(10) == 0) {
                    verify(rig, repository, git);
                }
            }
            verify(rig, repository, git);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("failed with -Dseed=" + seed, e);
        }
    }

    private static void publishOrDie(
            LogRig rig, TrackedRepository repository, RandomGenerator random) {
        PublishLimits limits = new PublishLimits(1 + random.nextInt(5), 1 << 20, 1 << 20, 16 << 20);
        int lives = random.nextInt(4);
        PublishListener dies =
                new PublishListener() {
                    private int left = lives;

                    @Override
                    public void progressed(String name, String ref, int published, int total) {
                        if (left-- == 0) {
                            throw new IllegalStateException("killed");
                        }
                    }
                };
        try (Publisher publisher = rig.publisher(repository, limits, dies)) {
            publisher.publish();
        } catch (IllegalStateException e) {
            // Left as it is: the next publisher continues.
        }
    }

    private static void verify(LogRig rig, TrackedRepository repository, GitFixture git) {
        try (Publisher publisher = rig.publisher(repository)) {
            publisher.publish();
        }
        rig.assertPublished(repository.name(), git, MAIN);
        if (git.run("branch", "--list", "side").isEmpty()) {
            rig.assertGone(repository.name(), SIDE);
        } else {
            rig.assertPublished(repository.name(), git, SIDE);
        }
    }

    private static void work(GitFixture git, RandomGenerator random, int step) throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    String path = path(random);
                    makeRoom(git, path);
                    git.write(path, "class C { int v = %d; }".formatted(step));
                }
            }
            case 4 -> git.delete(path(random));
            case 5 -> rename(git, path(random), path(random));
            case 6 -> {
                Path file = git.directory().resolve(path(random));
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    file.toFile().setExecutable(!Files.isExecutable(file));
                }
            }
            case 7 -> {
                String path = path(random);
                makeRoom(git, path);
                Path link = git.directory().resolve(path);
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, Path.of("First.java"));
            }
            case 8 -> {
                git.commit();
                if (!git.run("rev-list", "--max-count=3", "HEAD").contains("\n")) {
                    return;
                }
                git.run("reset", "-q", "--hard", "HEAD~1");
            }
            case 9 -> {
                git.commit();
                if (random.nextBoolean()) {
                    git.run("branch", "-q", "-f", "side", "main");
                } else if (!git.run("branch", "--list", "side").isEmpty()) {
                    git.run("branch", "-q", "-D", "side");
                }
                return;
            }
            case 10 -> {
                git.commit();
                if (!git.run("branch", "--list", "side").isEmpty()) {
                    git.run("merge", "-q", "-s", "ours", "--no-ff", "-m", "merge", "side");
                }
                return;
            }
            default -> {
                git.commit();
                git.run("reflog", "expire", "--expire=now", "--all");
                git.run("gc", "-q", "--prune=now");
                return;
            }
        }
        git.commit();
    }

    /** Few names, so that files, links and directories get in each other's way. */
    private static String path(RandomGenerator random) {
        List<String> names = List.of("A.java", "B.java", "b.java", "a.txt", "C d.java", "ü.java");
        String name = names.get(random.nextInt(names.size()));
        return random.nextBoolean() ? name : names.get(random.nextInt(2)) + "/" + name;
    }

    /** Removes the file, link or directory at a path, and a file where its directory goes. */
    private static void makeRoom(GitFixture git, String path) {
        git.delete(path);
        int slash = path.indexOf('/');
        if (slash > 0
                && !Files.isDirectory(
                        git.directory().resolve(path.substring(0, slash)),
                        LinkOption.NOFOLLOW_LINKS)) {
            git.delete(path.substring(0, slash));
        }
    }

    private static void rename(GitFixture git, String from, String to) {
        if (git.run("ls-files", "--", from).isEmpty()
                || from.startsWith(to)
                || to.startsWith(from)) {
            return;
        }
        makeRoom(git, to);
        git.write(to + ".keep", "");
        git.run("mv", "--", from, to);
    }
}
