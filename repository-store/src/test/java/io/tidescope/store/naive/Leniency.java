package io.tidescope.store.naive;

import io.tidescope.store.naive.Modifiers.Unmentioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where code matches a pattern that is not, node for node, what the pattern says. */
final class Leniency {
    private static final String ARGUMENTS = "typeArguments";
    private static final String BODY = "anonymousClassBody";

    /** Parts, in their order, that need not be mentioned when nothing behind them is. */
    private static final Map<String, List<String>> AT_END =
            Map.of(
                    "EnumConstantDeclaration", List.of("arguments", "classBody"),
                    "EnumDeclaration", List.of("members"),
                    "IfStmt", List.of("elseStmt"),
                    "InstanceOfExpr", List.of("pattern"),
                    "ObjectCreationExpr", List.of(BODY),
                    "SwitchEntry", List.of("statements"),
                    "TryStmt", List.of("catchClauses", "finallyBlock"),
                    "TypeParameter", List.of("typeBound"),
                    "VariableDeclarator", List.of("initializer"),
                    "WildcardType", List.of("extendedType", "superType"));

    /** Lists without a bracket at their end, of which the last need not be mentioned. */
    private static final Map<String, Set<String>> OPEN_LISTS =
            Map.of(
                    "ClassOrInterfaceDeclaration",
                            Set.of("extendedTypes", "implementedTypes", "permittedTypes"),
                    "ConstructorDeclaration", Set.of("thrownExceptions"),
                    "EnumDeclaration", Set.of("implementedTypes"),
                    "MethodDeclaration", Set.of("thrownExceptions"),
                    "RecordDeclaration", Set.of("implementedTypes"),
                    "SwitchEntry", Set.of("labels"),
                    "TypeParameter", Set.of("typeBound"),
                    "UnionType", Set.of("elements"));

    /** Lists that without elements leave nothing of themselves, not even a bracket. */
    private static final Set<String> BEHIND_KEYWORD =
            Set.of(
                    "extendedTypes",
                    "implementedTypes",
                    "permittedTypes",
                    "resources",
                    "thrownExceptions",
                    "typeBound",
                    "typeParameters");

    private static final Set<String> WITHOUT_MODIFIERS =
            Set.of(
                    "ArrayCreationLevel",
                    "ArrayType",
                    "ClassOrInterfaceType",
                    "PackageDeclaration",
                    "PrimitiveType",
                    "TypeParameter",
                    "TypePatternExpr",
                    "VoidType",
                    "WildcardType");

    private Leniency() {}

    /** The forms in which a node of a pattern can be met. */
    static List<Wanted> forms(Wanted wanted, Code code) {
        List<Wanted> forms = new ArrayList<>(List.of(wanted));
        if (wanted.is("LambdaExpr")
                && wanted.facts().get("isEnclosingParameters").equals("false")
                && wanted.part("parameters").getFirst().textHole() != null) {
            Wanted parameter = wanted.part("parameters").getFirst();
            Map<String, List<Wanted>> parts = new HashMap<>(wanted.parts());
            parts.put(
                    "parameters",
                    List.of(Wanted.hole(parameter.like(), parameter.textHole(), true)));
            forms.add(wanted.as("LambdaExpr", Map.of("isEnclosingParameters", "true"), parts));
        }
        if (wanted.is("SingleMemberAnnotationExpr")
                && wanted.part("memberValue").getFirst().hole() != null) {
            forms.add(
                    wanted.as(
                            "NormalAnnotationExpr",
                            Map.of(),
                            Map.of(
                                    "name",
                                    wanted.part("name"),
                                    "pairs",
                                    wanted.part("memberValue"))));
        }
        if (wanted.is("SwitchStmt")) {
            forms.add(wanted.as("SwitchExpr", wanted.facts(), wanted.parts()));
        }
        return forms;
    }

    static boolean facts(Wanted wanted, Code code) {
        Map<String, String> facts = new HashMap<>(wanted.facts());
        if (code.is("ArrayType")) {
            facts.remove("origin");
        }
        return facts.equals(Equality.facts(code));
    }

    /** The keyword of a reference to a constructor is no name. */
    static boolean isName(Code code) {
        return !(code.is("MethodReferenceExpr") && "new".equals(code.text()));
    }

    /** One type is wanted: of several that are caught it is the first. */
    static Code oneOfUnion(Wanted wanted, Code code) {
        return code.is("UnionType") && !wanted.is("UnionType")
                ? code.part("elements").getFirst()
                : code;
    }

    /** Whether code has the list that a pattern has, be it empty, and the other way round. */
    static boolean isThere(String property, Wanted wanted, Code code) {
        boolean has = code.parts().containsKey(property);
        return switch (property) {
            case ARGUMENTS -> has == wanted.parts().containsKey(property);
            case BODY -> has || !wanted.parts().containsKey(property);
            default ->
                    !BEHIND_KEYWORD.contains(property)
                            || wanted.part(property).isEmpty()
                            || !code.part(property).isEmpty();
        };
    }

    /** Whether there may be more of a part than a pattern mentions. */
    static boolean mayGoOn(String property, Wanted wanted) {
        if (OPEN_LISTS.getOrDefault(wanted.kind(), Set.of()).contains(property)
                && !wanted.part(property).isEmpty()) {
            return true;
        }
        if (property.equals("guard")) {
            return wanted.is("SwitchEntry");
        }
        List<String> atEnd = AT_END.getOrDefault(wanted.kind(), List.of());
        int at = atEnd.indexOf(property);
        boolean isClosed =
                property.equals(BODY)
                        ? wanted.parts().containsKey(BODY)
                        : wanted.is("EnumConstantDeclaration") && !wanted.part(property).isEmpty();
        if (isClosed) {
            return false;
        }
        return at >= 0
                && atEnd.subList(at + 1, atEnd.size()).stream()
                        .allMatch(later -> wanted.part(later).isEmpty());
    }

    static Unmentioned modifiers(Wanted wanted) {
        if (WITHOUT_MODIFIERS.contains(wanted.kind())) {
            return Unmentioned.NONE;
        }
        return wanted.is("Parameter")
                        && wanted.textHole() != null
                        && wanted.modifiers().isEmpty()
                        && wanted.part("type").getFirst().hole() != null
                ? Unmentioned.ANY
                : Unmentioned.FURTHER;
    }
}
