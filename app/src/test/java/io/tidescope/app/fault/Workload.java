package io.tidescope.app.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.Release;
import io.tidescope.testing.fault.AnswersAreRight;
import io.tidescope.testing.fault.MarkedAnswer;
import io.tidescope.testing.fault.Marks;
import io.tidescope.testing.fault.Violation;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Pushes and questions that go on whatever goes wrong. A push marks all marked files anew, puts
 * another release's version in the place of one real file, adds a file and deletes an older one.
 */
final class Workload implements AutoCloseable {
    static final String REPOSITORY = "shop";

    /** So many that every partition has some. */
    private static final int MARKED_FILES = 12;

    private static final int REAL_FILES = 8;
    private static final int LARGEST_FILE_BYTES = 12_000;
    private static final int ADDED_FILES = 3;
    private static final Duration PUSH_PAUSE = Duration.ofMillis(800);
    private static final Duration ASK_PAUSE = Duration.ofMillis(50);

    /** A gateway's own limit is a third of it, and it stands still for less than the rest. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private static final Duration POISON_LIMIT = Duration.ofSeconds(90);
    private static final int NESTED = 5_000;

    /** What is asked for, side by side. */
    private enum Question {
        /** Whatever any node has. */
        ANY,
        /** Not less than a revision that was answered for before. */
        BOUND,
        /** What active nodes have. */
        STRONG
    }

    private final GitRepository repository;
    private final Marks marks;
    private final List<Release> releases = Corpus.open().releases("gson", 5);
    private final List<String> real;
    private final AtomicLong pushed = new AtomicLong();
    private final Queue<Violation> violations = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean poison = new AtomicBoolean();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Set<Question> answeredKinds = ConcurrentHashMap.newKeySet();

    /** Questions that a standby may answer as well, and that were not answered to the full. */
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();

    private final AnswersAreRight answers =
            new AnswersAreRight(
                    MARKED_FILES,
                    file ->
                            DocumentPartitioner.partition(
                                    REPOSITORY, Marks.path(file), FaultCluster.PARTITIONS));

    /** Of the scenario that is on; guarded by this. */
    private final List<Marks.Push> pushes = new ArrayList<>();

    private volatile boolean pushing;
    private volatile boolean asking;
    private volatile Marks.@Nullable Push settled;
    private @Nullable Thread pusher;
    private List<Thread> askers = List.of();

    Workload(GitRepository repository) {
        this.repository = repository;
        marks = new Marks(repository, MARKED_FILES);
        Map<String, byte[]> last = releases.getLast().files();
        real =
                last.entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".java"))
                        .filter(file -> file.getValue().length < LARGEST_FILE_BYTES)
                        .filter(
                                file ->
                                        releases.stream()
                                                .allMatch(
                                                        release ->
                                                                release.files()
                                                                        .containsKey(
                                                                                file.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .limit(REAL_FILES)
                        .toList();
        for (String path : real) {
            repository.write(path, content(releases.getLast(), path));
        }
    }

    private static byte[] content(Release release, String path) {
        byte[] content = release.files().get(path);
        if (content == null) {
            throw new AssertionError(path);
        }
        return content;
    }

    GitRepository repository() {
        return repository;
    }

    /** One push, now. */
    synchronized Marks.Push push() {
        long version = pushed.incrementAndGet();
        String path = real.get((int) (version % real.size()));
        repository.write(path, content(releases.get((int) (version % releases.size())), path));
        repository.write(
                "added/Added" + version + ".java",
                "package added;\nclass Added%d { int field%d = Added%d.class.hashCode(); }\n"
                        .formatted(version, version, version));
        if (version > ADDED_FILES) {
            repository.delete("added/Added" + (version - ADDED_FILES) + ".java");
        }
        Marks.Push push = marks.push();
        pushes.add(push);
        return push;
    }

    /** Begins to push and to ask. */
    void start(IndexClient client) {
        synchronized (this) {
            pushes.clear();
        }
        answeredKinds.clear();
        pushing = true;
        asking = true;
        pusher = Thread.ofPlatform().name("pusher").start(this::pushAgainAndAgain);
        askers =
                Stream.of(Question.values())
                        .map(
                                question ->
                                        Thread.ofPlatform()
                                                .name("asker")
                                                .start(() -> askAgainAndAgain(client, question)))
                        .toList();
    }

    /** All pushes since the start. */
    synchronized List<Marks.Push> pushes() {
        return List.copyOf(pushes);
    }

    /** Pushes no more; questions go on. */
    void stopPushing() {
        pushing = false;
        join(pusher);
    }

    /** Asks no more; what was wrong since the last time. */
    List<Violation> stopAsking() {
        asking = false;
        askers.forEach(Workload::join);
        List<Violation> wrong = new ArrayList<>();
        for (Violation each = violations.poll(); each != null; each = violations.poll()) {
            wrong.add(each);
        }
        return wrong;
    }

    private static void join(@Nullable Thread thread) {
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many questions were asked, and how many of them were answered. */
    String counts() {
        return "%d of %d questions answered".formatted(answered.get(), asked.get());
    }

    /** Whether each kind of question was answered to the full at least once since the start. */
    boolean everyKindWasAnswered() {
        return answeredKinds.size() == Question.values().length;
    }

    /** What came of the questions that nobody answered to the full, though a standby might have. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    private void pushAgainAndAgain() {
        while (pushing) {
            try {
                if (poison.getAndSet(false)) {
                    pushPoison();
                }
                push();
            } catch (RuntimeException e) {
                violations.add(Violation.of(Workload.class, "a push failed: " + e));
            }
            LockSupport.parkNanos(PUSH_PAUSE.toNanos());
        }
    }

    /** Has the next push carry files that are hard to parse, and the one after it delete them. */
    void poison() {
        poison.set(true);
        Eventually.until(POISON_LIMIT, "poison is pushed", () -> !poison.get());
    }

    private void pushPoison() {
        Map<String, byte[]> files =
                Map.of(
                        "poison/Noise.java",
                        new byte[] {0, 1, 2, (byte) 0xFF, (byte) 0xFE, 0},
                        "poison/Broken.java",
                        "class Broken { void m() { int x = ; } ".getBytes(UTF_8),
                        "poison/Empty.java",
                        new byte[0],
                        "poison/Deep.java",
                        ("class Deep { int deep = "
                                        + "(".repeat(NESTED)
                                        + "1"
                                        + ")".repeat(NESTED)
                                        + "; }")
                                .getBytes(UTF_8));
        synchronized (this) {
            files.forEach(repository::write);
            push();
            files.keySet().forEach(repository::delete);
        }
    }

    private void askAgainAndAgain(IndexClient client, Question question) {
        while (asking) {
            Marks.Push bound = question == Question.BOUND ? settled : null;
            boolean strong = question == Question.STRONG;
            AnswersAreRight.Asked before = answers.asking(bound == null ? 0 : bound.version());
            long begun = System.nanoTime();
            try {
                IndexClient.Response response = ask(client, parameters(bound, strong));
                violations.addAll(check(response, before));
                if (isWhole(response)) {
                    answeredKinds.add(question);
                } else if (!strong) {
                    lost.add("%s: %d %s".formatted(bound, response.status(), why(response)));
                }
            } catch (UncheckedIOException e) {
                // Nobody is there to answer; that is no wrong answer.
                if (!strong) {
                    lost.add("%s: %s".formatted(bound, e));
                }
            } catch (RuntimeException e) {
                violations.add(Violation.of(AnswersAreRight.class, "it cannot be read: " + e));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            if (took.compareTo(LONGEST_ANSWER) > 0) {
                violations.add(Violation.of(NoNodeHangs.class, "a question took " + took));
            }
            LockSupport.parkNanos(ASK_PAUSE.toNanos());
        }
    }

    private static Map<String, String> parameters(Marks.@Nullable Push bound, boolean strong) {
        if (strong) {
            return Map.of("consistency", "strong");
        }
        return bound == null ? Map.of() : Map.of("min_revision", at(bound));
    }

    private static boolean isWhole(IndexClient.Response response) {
        return response.status() == 200 && response.json().path("complete").asBoolean();
    }

    private static JsonNode why(IndexClient.Response response) {
        JsonNode missing = response.json().path("missing");
        return missing.isMissingNode() ? response.json() : missing;
    }

    private static String at(Marks.Push push) {
        return REPOSITORY + "@" + push.commit();
    }

    private IndexClient.Response ask(IndexClient client, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("q", Marks.PREFIX);
        all.put("match", "prefix");
        all.put("limit", "1000");
        asked.incrementAndGet();
        return client.ask("/symbols", all);
    }

    private List<Violation> check(IndexClient.Response response, AnswersAreRight.Asked before) {
        return switch (response.status()) {
            case 200 -> {
                answered.incrementAndGet();
                yield answers.check(before, MarkedAnswer.of(response.json()), pushed.get());
            }
            case 429, 503, 504 -> List.of();
            default -> List.of(Violation.of(AnswersAreRight.class, response.toString()));
        };
    }

    /** Whether active nodes alone answer with all of a push; then questions may ask for it. */
    boolean isVisible(IndexClient client, Marks.Push push) {
        AnswersAreRight.Asked before = answers.asking(push.version());
        try {
            IndexClient.Response response =
                    ask(
                            client,
                            Map.of(
                                    "min_revision", at(push),
                                    "wait", "2s",
                                    "consistency", "strong"));
            violations.addAll(check(response, before));
            boolean visible = isWhole(response) && response.json().path("stale").isEmpty();
            if (visible) {
                settled = push;
            }
            return visible;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        stopPushing();
        stopAsking();
    }
}
