package io.tidescope.store.remote;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.StdConverter;

import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.match.TextTest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** How what is no record of ours travels: as a value that is one. */
final class WireValues {
    /** The parameter named when what another node sent is refused. */
    private static final String PARAMETER = "query";

    private WireValues() {}

    static SimpleModule module(LongSupplier nanoTime, SearchFormat searches) {
        SimpleModule module = new SimpleModule("wire");
        add(
                module,
                Deadline.class,
                Long.class,
                deadline ->
                        TimeUnit.NANOSECONDS.toMillis(
                                Math.max(0, deadline.nanoTime() - nanoTime.getAsLong())),
                millis ->
                        new Deadline(nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis)));
        add(module, Duration.class, Long.class, Duration::toNanos, Duration::ofNanos);
        add(
                module,
                PathGlobs.class,
                Globs.class,
                paths -> new Globs(paths.globs()),
                wire -> PathGlobs.of(PARAMETER, wire.globs()));
        add(module, Scope.class, InScope.class, InScope::of, InScope::toScope);
        add(
                module,
                RegexMatch.class,
                String.class,
                RegexMatch::toString,
                text -> RegexMatch.of(PARAMETER, text));
        add(
                module,
                TextTest.class,
                String.class,
                WireValues::expression,
                text -> RegexMatch.of(PARAMETER, text));
        add(module, Search.class, byte[].class, searches::write, searches::read);
        add(
                module,
                SyntaxTree.class,
                Tree.class,
                tree -> new Tree(tree.toBytes(), tree.sourceBytes()),
                wire -> SyntaxTree.read(ByteBuffer.wrap(wire.tree), ByteBuffer.wrap(wire.source)));
        add(module, ParseProblem.class, Problem.class, Problem::of, Problem::toEvent);
        add(module, RevisionMarker.class, Marker.class, Marker::of, Marker::toEvent);
        return module;
    }

    private static String expression(TextTest test) {
        if (test instanceof RegexMatch regex) {
            return regex.toString();
        }
        throw new IllegalArgumentException("only regular expressions go to other nodes: " + test);
    }

    private record Globs(List<String> globs) {}

    /**
     * {@link Scope}.
     *
     * @param visible null for all
     */
    private record InScope(
            @Nullable String repository, @Nullable String ref, @Nullable List<String> visible) {
        static InScope of(Scope scope) {
            return new InScope(
                    scope.repository(),
                    scope.ref(),
                    scope.visible().isAll() ? null : scope.visible().globs());
        }

        Scope toScope() {
            return new Scope(
                    repository,
                    ref,
                    visible == null ? RepositoryGlobs.ALL : RepositoryGlobs.of(PARAMETER, visible));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Tree(byte[] tree, byte[] source) {}

    /** {@link ParseProblem}. */
    record Problem(String code, String message, int start, int end) {
        static Problem of(ParseProblem event) {
            return new Problem(
                    event.getCode(), event.getMessage(), event.getStart(), event.getEnd());
        }

        ParseProblem toEvent() {
            return new ParseProblem(code, message, start, end);
        }
    }

    /** {@link RevisionMarker}. */
    record Marker(
            String repository,
            String ref,
            @Nullable String commit,
            long sequence,
            boolean defaultRef,
            List<byte[]> ancestors,
            long publishedAtMillis,
            int javaFiles,
            int otherFiles,
            int symlinks,
            int submodules) {
        static Marker of(RevisionMarker event) {
            return new Marker(
                    event.getRepository(),
                    event.getRef(),
                    event.getCommit(),
                    event.getSequence(),
                    event.getDefaultRef(),
                    event.getAncestors().stream().map(Marker::bytes).toList(),
                    event.getPublishedAtMillis().toEpochMilli(),
                    event.getJavaFiles(),
                    event.getOtherFiles(),
                    event.getSymlinks(),
                    event.getSubmodules());
        }

        RevisionMarker toEvent() {
            return RevisionMarker.newBuilder()
                    .setRepository(repository)
                    .setRef(ref)
                    .setCommit(commit)
                    .setSequence(sequence)
                    .setDefaultRef(defaultRef)
                    .setAncestors(ancestors.stream().map(ByteBuffer::wrap).toList())
                    .setPublishedAtMillis(Instant.ofEpochMilli(publishedAtMillis))
                    .setJavaFiles(javaFiles)
                    .setOtherFiles(otherFiles)
                    .setSymlinks(symlinks)
                    .setSubmodules(submodules)
                    .build();
        }

        private static byte[] bytes(ByteBuffer id) {
            byte[] bytes = new byte[id.remaining()];
            id.get(id.position(), bytes);
            return bytes;
        }
    }

    private static <T, W> void add(
            SimpleModule module,
            Class<T> type,
            Class<W> wireType,
            Function<? super T, ? extends W> write,
            Function<? super W, ? extends T> read) {
        module.addSerializer(
                type, new StdDelegatingSerializer(type, converter(type, wireType, write)));
        module.addDeserializer(
                type, new StdDelegatingDeserializer<>(converter(wireType, type, read)));
    }

    private static <I, O> StdConverter<I, O> converter(
            Class<I> from, Class<O> to, Function<? super I, ? extends O> function) {
        return new Conversion<>(from, to, function);
    }

    /** A converter that knows its types, which a lambda does not. */
    private static final class Conversion<I, O> extends StdConverter<I, O> {
        private final Class<I> from;
        private final Class<O> to;
        private final Function<? super I, ? extends O> function;

        Conversion(Class<I> from, Class<O> to, Function<? super I, ? extends O> function) {
            this.from = from;
            this.to = to;
            this.function = function;
        }

        @Override
        public O convert(I value) {
            return function.apply(value);
        }

        @Override
        public JavaType getInputType(TypeFactory types) {
            return types.constructType(from);
        }

        @Override
        public JavaType getOutputType(TypeFactory types) {
            return types.constructType(to);
        }
    }
}
