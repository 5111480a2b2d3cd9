package io.tidescope.store.remote;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.SourceLines;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.match.TextTest;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes values of any type that queries and answers consist of, from what their types say: all
 * components of a record, all cases of a sealed type. A type that it does not know fails.
 */
final class RandomValues {
    /** Values within values; deeper ones are as small as they can be. */
    private static final int MAX_DEPTH = 6;

    private static final List<String> PATTERNS =
            List.of(
                    "$A.close()",
                    "if ($X) { $$$BODY }",
                    "class $C { $$$ }",
                    "int $X = $Y;",
                    "@Override");
    private static final List<String> EXPRESSIONS = List.of("get.*", "^[A-Z]+$", "(a|b)c", "ä");

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** One of a type, a record's or a sealed interface's among them. */
    Object of(Type type) {
        return value(type, Map.of(), 0);
    }

    private Object value(Type type, Map<TypeVariable<?>, Type> variables, int depth) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain, variables, depth);
            case ParameterizedType generic -> ofGeneric(generic, variables, depth);
            case TypeVariable<?> variable ->
                    value(Objects.requireNonNull(variables.get(variable)), variables, depth);
            default -> throw unknown(type);
        };
    }

    private Object ofGeneric(
            ParameterizedType type, Map<TypeVariable<?>, Type> variables, int depth) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        int size = depth >= MAX_DEPTH ? 0 : random.nextInt(3);
        if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(value(arguments[0], variables, depth + 1));
            }
            return list;
        }
        if (raw == Set.class) {
            Set<Object> set = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                set.add(value(arguments[0], variables, depth + 1));
            }
            return Set.copyOf(set);
        }
        if (raw == Optional.class) {
            return random.nextInt(4) == 0
                    ? Optional.empty()
                    : Optional.of(value(arguments[0], variables, depth + 1));
        }
        if (raw == Map.class || raw == SortedMap.class) {
            Map<Object, Object> map = raw == Map.class ? new LinkedHashMap<>() : new TreeMap<>();
            for (int i = 0; i < size; i++) {
                map.put(
                        value(arguments[0], variables, depth + 1),
                        value(arguments[1], variables, depth + 1));
            }
            return map;
        }
        throw unknown(type);
    }

    private Object ofClass(Class<?> type, Map<TypeVariable<?>, Type> variables, int depth) {
        if (type == String.class) {
            return text();
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt(1000) - 1;
        }
        if (type == long.class || type == Long.class) {
            return random.nextLong() >>> random.nextInt(64);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == SourceLines.class) {
            return SourceLines.of((text() + '\n' + text()).getBytes(StandardCharsets.UTF_8));
        }
        if (type == Duration.class) {
            return Duration.ofNanos(random.nextInt(1_000_000_000));
        }
        if (type == Deadline.class) {
            return new Deadline(random.nextInt(10_000) * 1_000_000L);
        }
        if (type == PathGlobs.class) {
            return PathGlobs.of(
                    "paths", random.nextBoolean() ? List.of() : List.of("**/*.java", "a/{b,c}?"));
        }
        if (type == RepositoryGlobs.class) {
            return random.nextBoolean()
                    ? RepositoryGlobs.ALL
                    : RepositoryGlobs.of(
                            "repositories",
                            random.nextBoolean() ? List.of() : List.of("acme/*", "ebb"));
        }
        if (type == RegexMatch.class || type == TextTest.class) {
            return RegexMatch.of("q", EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())));
        }
        if (type == Search.class) {
            return Search.of((Rule) value(Rule.class, variables, 0));
        }
        if (type == Pattern.class) {
            return new JavaPatternReader().read(PATTERNS.get(random.nextInt(PATTERNS.size())));
        }
        if (type == ParseProblem.class) {
            return new ParseProblem("syntax", text(), random.nextInt(9), random.nextInt(99));
        }
        if (type == RevisionMarker.class) {
            return marker();
        }
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        if (type.isSealed()) {
            Class<?>[] cases = type.getPermittedSubclasses();
            Class<?> chosen =
                    type == Rule.class && depth >= MAX_DEPTH
                            ? Rule.OfKind.class
                            : cases[random.nextInt(cases.length)];
            return value(chosen, variables, depth + 1);
        }
        if (type.isRecord()) {
            return ofRecord(type, variables, depth);
        }
        throw unknown(type);
    }

    private Object ofRecord(Class<?> type, Map<TypeVariable<?>, Type> variables, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    isNullable(components[i].getAnnotatedType()) && random.nextInt(3) == 0
                            ? null
                            : value(components[i].getGenericType(), variables, depth + 1);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "making a " + type + " of " + Arrays.toString(values), e);
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private RevisionMarker marker() {
        return RevisionMarker.newBuilder()
                .setRepository(text())
                .setRef(text())
                .setCommit(random.nextBoolean() ? null : text())
                .setSequence(random.nextLong())
                .setDefaultRef(random.nextBoolean())
                .setAncestors(List.of(ByteBuffer.wrap(new byte[] {1, 2, (byte) random.nextInt()})))
                .setPublishedAtMillis(Instant.ofEpochMilli(random.nextInt()))
                .setJavaFiles(random.nextInt())
                .setOtherFiles(random.nextInt())
                .setSymlinks(random.nextInt())
                .setSubmodules(random.nextInt())
                .build();
    }

    /** Neither empty nor with a NUL, which some values refuse. */
    private String text() {
        int length = 1 + random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F30A : random.nextInt(1, 0x250));
        }
        return text.toString();
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException(
                "no random " + type + " is known here; teach it to RandomValues, and the protocol");
    }
}
