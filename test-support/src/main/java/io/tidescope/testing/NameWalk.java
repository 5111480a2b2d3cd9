package io.tidescope.testing;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.PackageDeclaration;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.AnnotationMemberDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MemberValuePair;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.modules.ModuleDeclaration;
import com.github.javaparser.ast.modules.ModuleProvidesDirective;
import com.github.javaparser.ast.modules.ModuleUsesDirective;
import com.github.javaparser.ast.nodeTypes.NodeWithSimpleName;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.TypeParameter;

import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Collects definitions and occurrences off JavaParser's own tree: every name it has a node for, its
 * role told from the nodes around it.
 */
final class NameWalk {
    private static final Set<String> KEYWORDS = Set.of("_", "this", "super", "new");

    private final SourceText source;
    private final List<ExpectedDefinition> definitions = new ArrayList<>();
    private final List<ExpectedOccurrence> occurrences = new ArrayList<>();

    NameWalk(SourceText source) {
        this.source = source;
    }

    List<ExpectedDefinition> definitions() {
        definitions.sort(Comparator.comparingInt(ExpectedDefinition::nameStart));
        return definitions;
    }

    /** Each place once: JavaParser repeats the type of {@code A b, c} for every variable. */
    List<ExpectedOccurrence> occurrences() {
        return occurrences.stream()
                .distinct()
                .sorted(Comparator.comparingInt(ExpectedOccurrence::start))
                .toList();
    }

    void walk(CompilationUnit unit) {
        String container =
                unit.getPackageDeclaration().map(PackageDeclaration::getNameAsString).orElse("");
        children(unit, container);
    }

    private void visit(Node node, String container) {
        switch (node) {
            case SimpleName name ->
                    occurrence(name.getIdentifier(), roleOf(name), range(name).begin);
            case Name name -> lastToken(name.getIdentifier(), roleOf(name), name);
            case MethodReferenceExpr reference ->
                    lastToken(
                            reference.getIdentifier(), OccurrenceRole.METHOD_REFERENCE, reference);
            default -> {}
        }
        define(node, container);
        switch (node) {
            case TypeDeclaration<?> type -> children(type, join(container, type.getNameAsString()));
            case MethodDeclaration method -> children(method, method(container, method));
            case ConstructorDeclaration method -> children(method, method(container, method));
            case CompactConstructorDeclaration method ->
                    children(method, method(container, method));
            case ObjectCreationExpr creation -> anonymous(creation, container);
            case EnumConstantDeclaration constant -> anonymous(constant, container);
            default -> children(node, container);
        }
    }

    private void children(Node node, String container) {
        for (Node child : node.getChildNodes()) {
            visit(child, container);
        }
    }

    /** Members of an anonymous class are inside it, arguments and types are not. */
    private void anonymous(Node node, String container) {
        List<? extends Node> members =
                switch (node) {
                    case ObjectCreationExpr creation ->
                            creation.getAnonymousClassBody()
                                    .<List<? extends Node>>map(b -> b)
                                    .orElse(List.of());
                    case EnumConstantDeclaration constant -> constant.getClassBody();
                    default -> List.of();
                };
        for (Node child : node.getChildNodes()) {
            boolean inside = members.stream().anyMatch(member -> member == child);
            visit(child, inside ? join(container, "<anonymous>") : container);
        }
    }

    private void define(Node node, String container) {
        switch (node) {
            case ClassOrInterfaceDeclaration type ->
                    definition(
                            type.isInterface() ? SymbolKind.INTERFACE : SymbolKind.CLASS,
                            type,
                            container);
            case EnumDeclaration type -> definition(SymbolKind.ENUM, type, container);
            case RecordDeclaration type -> definition(SymbolKind.RECORD, type, container);
            case AnnotationDeclaration type -> definition(SymbolKind.ANNOTATION, type, container);
            case MethodDeclaration method -> definition(SymbolKind.METHOD, method, container);
            case ConstructorDeclaration method ->
                    definition(SymbolKind.CONSTRUCTOR, method, container);
            case CompactConstructorDeclaration method ->
                    definition(SymbolKind.CONSTRUCTOR, method, container);
            case EnumConstantDeclaration constant ->
                    definition(SymbolKind.ENUM_CONSTANT, constant, container);
            case AnnotationMemberDeclaration member ->
                    definition(SymbolKind.ANNOTATION_MEMBER, member, container);
            case TypeParameter parameter ->
                    definition(SymbolKind.TYPE_PARAMETER, parameter, container);
            case VariableDeclarator variable when parent(variable) instanceof FieldDeclaration f ->
                    definition(
                            variable.getNameAsString(),
                            SymbolKind.FIELD,
                            container,
                            variable.getName(),
                            f);
            case Parameter parameter when parent(parameter) instanceof RecordDeclaration ->
                    definition(SymbolKind.RECORD_COMPONENT, parameter, container);
            case ModuleDeclaration module ->
                    definition(
                            module.getNameAsString(),
                            SymbolKind.MODULE,
                            container,
                            module.getName(),
                            module);
            default -> {}
        }
    }

    private <N extends Node & NodeWithSimpleName<?>> void definition(
            SymbolKind kind, N node, String container) {
        definition(node.getNameAsString(), kind, container, node.getName(), node);
    }

    private void definition(
            String name, SymbolKind kind, String container, Node nameNode, Node declaration) {
        Position begin = range(nameNode).begin;
        Range range = range(declaration);
        definitions.add(
                new ExpectedDefinition(
                        name,
                        kind,
                        container,
                        source.start(begin),
                        source.start(range.begin),
                        source.end(range.end),
                        begin.line,
                        begin.column,
                        range.end.line));
    }

    /** The identifier stands at the end of the node, whatever stands before it. */
    private void lastToken(String identifier, OccurrenceRole role, Node node) {
        Position end = range(node).end;
        occurrence(identifier, role, end.withColumn(end.column - identifier.length() + 1));
    }

    private void occurrence(String identifier, OccurrenceRole role, Position begin) {
        if (!KEYWORDS.contains(identifier)) {
            occurrences.add(
                    new ExpectedOccurrence(
                            identifier, role, source.start(begin), begin.line, begin.column));
        }
    }

    private static OccurrenceRole roleOf(SimpleName name) {
        Node parent = parent(name);
        return switch (parent) {
            case TypeDeclaration<?> _,
                    MethodDeclaration _,
                    ConstructorDeclaration _,
                    CompactConstructorDeclaration _,
                    EnumConstantDeclaration _,
                    AnnotationMemberDeclaration _,
                    TypeParameter _ ->
                    OccurrenceRole.DEFINITION;
            case VariableDeclarator variable when parent(variable) instanceof FieldDeclaration ->
                    OccurrenceRole.DEFINITION;
            case Parameter parameter when parent(parameter) instanceof RecordDeclaration ->
                    OccurrenceRole.DEFINITION;
            case BreakStmt _, ContinueStmt _, MemberValuePair _ -> OccurrenceRole.LABEL;
            case MethodCallExpr _ -> OccurrenceRole.CALL;
            case ClassOrInterfaceType type -> roleOf(type);
            case NameExpr expression ->
                    isWritten(expression) ? OccurrenceRole.WRITE : OccurrenceRole.READ;
            case FieldAccessExpr expression ->
                    isWritten(expression) ? OccurrenceRole.WRITE : OccurrenceRole.READ;
            default -> OccurrenceRole.LOCAL_DEFINITION;
        };
    }

    private static OccurrenceRole roleOf(ClassOrInterfaceType type) {
        return switch (parent(type)) {
            case ObjectCreationExpr creation when creation.getType() == type ->
                    OccurrenceRole.INSTANTIATION;
            case TypeDeclaration<?> _ -> OccurrenceRole.SUPERTYPE;
            default -> OccurrenceRole.TYPE;
        };
    }

    private static OccurrenceRole roleOf(Name name) {
        Node parent = parent(name);
        boolean qualifier = parent instanceof Name;
        while (parent instanceof Name outer) {
            parent = parent(outer);
        }
        return switch (parent) {
            case ImportDeclaration _ -> OccurrenceRole.IMPORT;
            case AnnotationExpr _ -> qualifier ? OccurrenceRole.TYPE : OccurrenceRole.ANNOTATION;
            case ModuleUsesDirective _, ModuleProvidesDirective _ -> OccurrenceRole.TYPE;
            default ->
                    parent instanceof PackageDeclaration
                                    || parent.getClass().getSimpleName().startsWith("Module")
                            ? OccurrenceRole.PACKAGE
                            : OccurrenceRole.TYPE;
        };
    }

    private static boolean isWritten(Node expression) {
        Node inner = expression;
        Node outer = parent(inner);
        while (outer instanceof EnclosedExpr) {
            inner = outer;
            outer = parent(inner);
        }
        return switch (outer) {
            case AssignExpr assignment -> assignment.getTarget() == inner;
            case UnaryExpr unary ->
                    switch (unary.getOperator()) {
                        case PREFIX_INCREMENT,
                                PREFIX_DECREMENT,
                                POSTFIX_INCREMENT,
                                POSTFIX_DECREMENT ->
                                true;
                        case PLUS, MINUS, LOGICAL_COMPLEMENT, BITWISE_COMPLEMENT -> false;
                    };
            default -> false;
        };
    }

    private static Range range(Node node) {
        return node.getRange().orElseThrow();
    }

    private static Node parent(Node node) {
        return node.getParentNode().orElseThrow();
    }

    private static String method(String container, NodeWithSimpleName<?> method) {
        return join(container, method.getNameAsString() + "()");
    }

    private static String join(String container, String name) {
        return container.isEmpty() ? name : container + "." + name;
    }
}
