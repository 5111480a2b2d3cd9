package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.COMMIT;
import static io.tidescope.query.SampleIndex.REPOSITORY;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.query.InMemoryStore;
import io.tidescope.query.PublishStates;
import io.tidescope.query.SampleIndex;
import io.tidescope.query.access.Access;
import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.NoSources;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternForm;
import io.tidescope.tree.match.PatternReader;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A few documents, served on a free port. */
final class ServedSample implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final String PUBLISHING = "9".repeat(40);

    static final String FOO =
            """
            package org.sample;

            /** Holds things. And more. */
            public class Foo<T> extends Base {
                private int size, room;

                /** Adds a {@code thing}. */
                int addThing(T thing) {
                    return size++;
                }

                enum Mode { ON, OFF }
            }
            """;
    static final String BASE =
            """
            package org.sample;

            class Base {
                void use() { new Foo<String>().addThing("x"); }
            }
            """;
    static final String BROKEN = "class Broken { void m( { } int ok; }\n";

    /** Reads nothing but that a pattern is there; one that begins with a bracket it refuses. */
    static final PatternReader PATTERNS =
            text -> {
                if (text.startsWith(")")) {
                    throw new PatternException("nothing is open", 0);
                }
                ParseResult file = new JavaSourceParser().parse("class A {}".getBytes(UTF_8));
                if (!(file instanceof ParseResult.Parsed parsed)) {
                    throw new IllegalStateException(file.toString());
                }
                return new Pattern(
                        text,
                        PatternForm.EXPRESSION,
                        parsed.tree(),
                        List.of(0),
                        Map.of(),
                        Map.of());
            };

    final InMemoryStore store = new InMemoryStore(PARTITIONS);
    final SampleIndex index = new SampleIndex(store);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final HttpApi api;
    final ApiClient client;

    ServedSample(Receivers receivers, Duration timeout) {
        this(receivers, NoSources.NONE, timeout, Access.OPEN);
    }

    ServedSample(Receivers receivers, AdminSources sources, Duration timeout) {
        this(receivers, sources, timeout, Access.OPEN);
    }

    ServedSample(Receivers receivers, Duration timeout, Access access) {
        this(receivers, NoSources.NONE, timeout, access);
    }

    private ServedSample(
            Receivers receivers, AdminSources sources, Duration timeout, Access access) {
        index.put("src/Foo.java", FOO)
                .put("src/Base.java", BASE)
                .put("odd/Größe \"x\" 𝒳.java", "class Größe {}")
                .put("src/Broken.java", BROKEN)
                .put(REPOSITORY, "refs/heads/feature", "src/New.java", "class New {}")
                .put("tide/other", SampleIndex.MAIN, "Foo.java", "interface Foo {}")
                .mark(COMMIT);
        store.mark(SampleIndex.marker(REPOSITORY, "refs/heads/feature", COMMIT, false));
        store.mark(SampleIndex.marker("tide/other", SampleIndex.MAIN, COMMIT, true));
        PublishStates publishing = () -> List.of(publishing());
        api =
                HttpApi.start(
                        store,
                        publishing,
                        PATTERNS,
                        sources,
                        receivers,
                        meters,
                        new HttpSettings("127.0.0.1", 0, timeout, access, null),
                        Tracing.OFF);
        client = new ApiClient(api.port());
    }

    ServedSample() {
        this(Receivers.NONE, Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        api.close();
    }

    private static RefState publishing() {
        return RefState.newBuilder()
                .setRepository("tide/coming")
                .setRef(SampleIndex.MAIN)
                .setDefaultRef(true)
                .setLocation("/srv/git/coming")
                .setSequence(1)
                .setProgress(
                        PublishProgress.newBuilder()
                                .setTarget(PUBLISHING)
                                .setLastPath(ByteBuffer.allocate(0))
                                .setPublished(3)
                                .setTotal(10)
                                .build())
                .setUpdatedAtMillis(Instant.parse("2026-11-23T10:00:00Z"))
                .build();
    }
}
