package io.tidescope.store.naive;

import com.github.javaparser.Range;

import io.tidescope.store.naive.PatternMaker.Edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Leaves some of the code out of a pattern. */
final class Omissions {
    private static final int RARITY = 4;

    private final NaiveFile file;
    private final Random random;

    Omissions(NaiveFile file, Random random) {
        this.file = file;
        this.random = random;
    }

    /** Takes parts away, and says so as changes of the text. */
    List<Edit> omit(Code code, Map<String, List<Code>> parts) {
        List<Edit> edits = new ArrayList<>();
        modifier("annotations", parts, edits);
        modifier("modifiers", parts, edits);
        if (random.nextInt(RARITY) != 0) {
            return edits;
        }
        switch (code.kind()) {
            case "IfStmt" ->
                    tail(code.part("thenStmt").getFirst(), List.of("elseStmt"), code, parts, edits);
            case "VariableDeclarator" -> {
                if (parts.remove("initializer") != null) {
                    edits.add(
                            new Edit(
                                    Places.index(file.source(), code.textRange().end) + 1,
                                    code.end(),
                                    ""));
                }
            }
            case "TryStmt" -> {
                List<Code> clauses = code.part("catchClauses");
                if (!clauses.isEmpty()) {
                    int kept = 1 + random.nextInt(clauses.size());
                    parts.put("catchClauses", clauses.subList(0, kept));
                    tail(clauses.get(kept - 1), List.of("finallyBlock"), code, parts, edits);
                }
            }
            case "ObjectCreationExpr" -> {
                if (parts.remove("anonymousClassBody") != null) {
                    List<Code> arguments = code.part("arguments");
                    int from =
                            (arguments.isEmpty()
                                            ? code.part("type").getFirst()
                                            : arguments.getLast())
                                    .end();
                    int bracket = file.source().indexOf(')', from) + 1;
                    edits.add(new Edit(bracket, code.end(), ""));
                }
            }
            case "EnumConstantDeclaration" -> {
                parts.remove("arguments");
                parts.remove("classBody");
                Range name = Objects.requireNonNull(code.textRange());
                edits.add(new Edit(Places.index(file.source(), name.end) + 1, code.end(), ""));
            }
            case "EnumDeclaration" -> last("members", parts, edits);
            case "MethodDeclaration" -> last("thrownExceptions", parts, edits);
            case "ClassOrInterfaceDeclaration" -> last("implementedTypes", parts, edits);
            default -> {}
        }
        return edits;
    }

    private void modifier(String property, Map<String, List<Code>> parts, List<Edit> edits) {
        List<Code> kept = new ArrayList<>();
        for (Code modifier : parts.getOrDefault(property, List.of())) {
            if (random.nextInt(RARITY) == 0) {
                edits.add(new Edit(modifier.start(), modifier.end(), ""));
            } else {
                kept.add(modifier);
            }
        }
        parts.computeIfPresent(property, (name, all) -> kept);
    }

    /** Everything behind a part. */
    private void tail(
            Code last,
            List<String> behind,
            Code code,
            Map<String, List<Code>> parts,
            List<Edit> edits) {
        behind.forEach(parts::remove);
        edits.add(new Edit(last.end(), code.end(), ""));
    }

    private void last(String property, Map<String, List<Code>> parts, List<Edit> edits) {
        List<Code> all = parts.getOrDefault(property, List.of());
        if (all.size() > 1) {
            edits.add(new Edit(all.get(all.size() - 2).end(), all.getLast().end(), ""));
            parts.put(property, all.subList(0, all.size() - 1));
        }
    }
}
