package io.tidescope.store.naive;

import com.github.javaparser.Range;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.Type;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Makes patterns of code, by putting holes in place of some of it. */
final class PatternMaker {
    static final int MAX_SIZE = 60;

    /** Holes for any number in one list. */
    private static final int MOST_HOLES = 3;

    private static final List<String> ONE = List.of("A", "B", "C", "");
    private static final List<String> MANY = List.of("L", "M", "");

    /** Lists of which any part can be left out, by what stands between their elements. */
    private static final Set<String> LISTS =
            Set.of(
                    "anonymousClassBody",
                    "arguments",
                    "classBody",
                    "entries",
                    "statements",
                    "members",
                    "parameters",
                    "thrownExceptions",
                    "implementedTypes",
                    "typeArguments",
                    "values");

    private static final Set<String> LINES =
            Set.of("anonymousClassBody", "classBody", "members", "statements");

    private static final Set<String> ROOTS =
            Set.of("members", "types", "statements", "catchClauses", "entries", "annotations");

    private final NaiveFile file;
    private final Random random;
    private final int rarity;
    private final List<Edit> edits = new ArrayList<>();

    private final Omissions omissions;

    /** Text in place of other text. */
    record Edit(int start, int end, String text) {}

    private PatternMaker(NaiveFile file, Random random) {
        this.file = file;
        this.random = random;
        omissions = new Omissions(file, random);
        rarity = 2 + random.nextInt(8);
    }

    /** A pattern that is likely to match where it was made. */
    static @Nullable NaivePattern make(NaiveFile file, Random random) {
        List<Code> candidates =
                file.root().all().filter(code -> isRoot(code) && code.size() <= MAX_SIZE).toList();
        if (candidates.isEmpty()) {
            return null;
        }
        Code first = candidates.get(random.nextInt(candidates.size()));
        List<Code> roots = new ArrayList<>(List.of(first));
        List<Code> list = first.fromHereInList();
        if (first.role().equals("statements") || first.role().equals("members")) {
            int more = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
            for (int i = 1; i <= more && i < list.size() && list.get(i).size() <= MAX_SIZE; i++) {
                roots.add(list.get(i));
            }
        }
        return new PatternMaker(file, random).pattern(roots);
    }

    static boolean isRoot(Code code) {
        return code.hasRange()
                && (ROOTS.contains(code.role())
                        || code.place() == Expression.class
                        || code.place() == Statement.class);
    }

    private NaivePattern pattern(List<Code> roots) {
        List<Wanted> wanted =
                roots.size() == 1
                        ? List.of(wanted(roots.getFirst()))
                        : list(roots, !roots.getFirst().role().equals("members"));
        StringBuilder text = new StringBuilder(Code.written(roots));
        int shift = roots.getFirst().start();
        edits.sort((a, b) -> Integer.compare(b.start(), a.start()));
        for (Edit edit : edits) {
            text.replace(edit.start() - shift, edit.end() - shift, edit.text());
        }
        return new NaivePattern(text.toString(), wanted);
    }

    private Wanted wanted(Code code) {
        Map<String, List<Wanted>> parts = new HashMap<>();
        Map<String, List<Code>> kept = new HashMap<>(code.parts());
        edits.addAll(omissions.omit(code, kept));
        modifiers(kept, parts);
        kept.forEach(
                (property, list) ->
                        parts.put(
                                property,
                                isShared(list)
                                        ? List.of(exact(list.getFirst()))
                                        : list(list, LISTS.contains(property))));
        if (code.is("BlockStmt") && random.nextInt(6) == 0) {
            parts.put("statements", andMore(code, parts.getOrDefault("statements", List.of())));
        }
        String textHole = null;
        Range name = code.textRange();
        if (name != null && isRenamed(code) && random.nextInt(rarity) == 0) {
            textHole = pick(ONE);
            edits.add(
                    new Edit(
                            Places.index(file.source(), name.begin),
                            Places.index(file.source(), name.end) + 1,
                            "$" + (textHole.isEmpty() ? "_" : textHole)));
        }
        return new Wanted(
                code, code.kind(), code.facts(), null, false, textHole, Map.copyOf(parts));
    }

    /** Code as it is. */
    private static Wanted exact(Code code) {
        Map<String, List<Wanted>> parts = new HashMap<>();
        code.parts()
                .forEach(
                        (property, list) ->
                                parts.put(
                                        property, list.stream().map(PatternMaker::exact).toList()));
        return new Wanted(code, code.kind(), code.facts(), null, false, null, Map.copyOf(parts));
    }

    /** Has a hole stand for all annotations and modifiers, perhaps. */
    private void modifiers(Map<String, List<Code>> kept, Map<String, List<Wanted>> parts) {
        List<Code> all =
                Stream.of("annotations", "modifiers")
                        .flatMap(property -> kept.getOrDefault(property, List.of()).stream())
                        .sorted(Comparator.comparing(Code::begin))
                        .toList();
        if (!all.isEmpty() && random.nextInt(4) == 0) {
            parts.put("modifiers", List.of(many(all)));
            kept.remove("modifiers");
            kept.remove("annotations");
        }
    }

    private static boolean isRenamed(Code code) {
        return !code.isPlainName() && !code.is("ClassOrInterfaceType", "ConstructorDeclaration");
    }

    private List<Wanted> list(List<Code> codes, boolean mayLeaveOut) {
        List<Wanted> wanted = new ArrayList<>();
        int holes = mayLeaveOut && random.nextInt(3) == 0 ? 1 + random.nextInt(MOST_HOLES) : 0;
        int at = 0;
        while (at < codes.size()) {
            if (holes > 0 && random.nextInt(2) == 0) {
                int end = at + 1 + random.nextInt(codes.size() - at);
                wanted.add(many(codes.subList(at, end)));
                at = end;
                holes--;
            } else {
                wanted.add(part(codes.get(at++)));
            }
        }
        return wanted;
    }

    private Wanted many(List<Code> codes) {
        String name = pick(MANY);
        Code first = codes.getFirst();
        edits.add(
                new Edit(
                        first.start(),
                        codes.getLast().end(),
                        "$$$" + name + (isLine(first) ? "\n" : "")));
        return Wanted.hole(first, name, true);
    }

    /** With a hole for what may follow before the bracket, where nothing does. */
    private List<Wanted> andMore(Code block, List<Wanted> statements) {
        if (!statements.isEmpty() && statements.getLast().many()) {
            return statements;
        }
        String name = pick(MANY);
        edits.add(new Edit(block.end() - 1, block.end() - 1, "\n$$$" + name + "\n"));
        List<Wanted> more = new ArrayList<>(statements);
        more.add(Wanted.hole(block, name, true));
        return more;
    }

    private Wanted part(Code code) {
        if (!isReplaced(code) || random.nextInt(rarity) != 0) {
            return wanted(code);
        }
        String name = pick(ONE);
        edits.add(
                new Edit(
                        code.start(),
                        code.end(),
                        "$" + (name.isEmpty() ? "_" : name) + (isLine(code) ? "\n" : "")));
        return Wanted.hole(code, name, false);
    }

    private static boolean isReplaced(Code code) {
        return code.hasRange()
                && (code.place() == Expression.class
                        || code.place() == Statement.class
                        || BodyDeclaration.class.isAssignableFrom(code.place())
                        || code.role().equals("parameters")
                        || Type.class.isAssignableFrom(code.place()));
    }

    /** Whether it is the type of several variables. */
    private static boolean isShared(List<Code> types) {
        Code variable = types.isEmpty() ? null : types.getFirst().parent();
        return variable != null
                && types.getFirst().role().equals("type")
                && variable.is("VariableDeclarator")
                && variable.parent() != null
                && variable.parent().part("variables").size() > 1;
    }

    private static boolean isLine(Code code) {
        return LINES.contains(code.role());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
