package io.tidescope.tree;

/**
 * What a node is: JavaParser's concrete node classes, less {@code SimpleName} (which is the {@code
 * text} of the node that it names) and comments (which stand in their own table).
 *
 * <p>The ordinal is stored: constants are only ever added at the end.
 */
public enum NodeKind {
    ANNOTATION_DECLARATION("AnnotationDeclaration", "name"),
    ANNOTATION_MEMBER_DECLARATION("AnnotationMemberDeclaration", "name"),
    ARRAY_ACCESS_EXPR("ArrayAccessExpr"),
    ARRAY_CREATION_EXPR("ArrayCreationExpr"),
    ARRAY_CREATION_LEVEL("ArrayCreationLevel"),
    ARRAY_INITIALIZER_EXPR("ArrayInitializerExpr"),
    ARRAY_TYPE("ArrayType"),
    ASSERT_STMT("AssertStmt"),
    ASSIGN_EXPR("AssignExpr"),
    BINARY_EXPR("BinaryExpr"),
    BLOCK_STMT("BlockStmt"),
    BOOLEAN_LITERAL_EXPR("BooleanLiteralExpr"),
    BREAK_STMT("BreakStmt", "label"),
    CAST_EXPR("CastExpr"),
    CATCH_CLAUSE("CatchClause"),
    CHAR_LITERAL_EXPR("CharLiteralExpr", "value"),
    CLASS_EXPR("ClassExpr"),
    CLASS_OR_INTERFACE_DECLARATION("ClassOrInterfaceDeclaration", "name"),
    CLASS_OR_INTERFACE_TYPE("ClassOrInterfaceType", "name"),
    COMPACT_CONSTRUCTOR_DECLARATION("CompactConstructorDeclaration", "name"),
    COMPILATION_UNIT("CompilationUnit"),
    CONDITIONAL_EXPR("ConditionalExpr"),
    CONSTRUCTOR_DECLARATION("ConstructorDeclaration", "name"),
    CONTINUE_STMT("ContinueStmt", "label"),
    DO_STMT("DoStmt"),
    DOUBLE_LITERAL_EXPR("DoubleLiteralExpr", "value"),
    EMPTY_STMT("EmptyStmt"),
    ENCLOSED_EXPR("EnclosedExpr"),
    ENUM_CONSTANT_DECLARATION("EnumConstantDeclaration", "name"),
    ENUM_DECLARATION("EnumDeclaration", "name"),
    EXPLICIT_CONSTRUCTOR_INVOCATION_STMT("ExplicitConstructorInvocationStmt"),
    EXPRESSION_STMT("ExpressionStmt"),
    FIELD_ACCESS_EXPR("FieldAccessExpr", "name"),
    FIELD_DECLARATION("FieldDeclaration"),
    FOR_EACH_STMT("ForEachStmt"),
    FOR_STMT("ForStmt"),
    IF_STMT("IfStmt"),
    IMPORT_DECLARATION("ImportDeclaration"),
    INITIALIZER_DECLARATION("InitializerDeclaration"),
    INSTANCE_OF_EXPR("InstanceOfExpr"),
    INTEGER_LITERAL_EXPR("IntegerLiteralExpr", "value"),
    INTERSECTION_TYPE("IntersectionType"),
    LABELED_STMT("LabeledStmt", "label"),
    LAMBDA_EXPR("LambdaExpr"),
    LOCAL_CLASS_DECLARATION_STMT("LocalClassDeclarationStmt"),
    LOCAL_RECORD_DECLARATION_STMT("LocalRecordDeclarationStmt"),
    LONG_LITERAL_EXPR("LongLiteralExpr", "value"),
    MARKER_ANNOTATION_EXPR("MarkerAnnotationExpr"),
    MATCH_ALL_PATTERN_EXPR("MatchAllPatternExpr"),
    MEMBER_VALUE_PAIR("MemberValuePair", "name"),
    METHOD_CALL_EXPR("MethodCallExpr", "name"),
    METHOD_DECLARATION("MethodDeclaration", "name"),
    METHOD_REFERENCE_EXPR("MethodReferenceExpr", "identifier"),
    MODIFIER("Modifier"),
    MODULE_DECLARATION("ModuleDeclaration"),
    MODULE_EXPORTS_DIRECTIVE("ModuleExportsDirective"),
    MODULE_OPENS_DIRECTIVE("ModuleOpensDirective"),
    MODULE_PROVIDES_DIRECTIVE("ModuleProvidesDirective"),
    MODULE_REQUIRES_DIRECTIVE("ModuleRequiresDirective"),
    MODULE_USES_DIRECTIVE("ModuleUsesDirective"),
    NAME("Name", "identifier"),
    NAME_EXPR("NameExpr", "name"),
    NORMAL_ANNOTATION_EXPR("NormalAnnotationExpr"),
    NULL_LITERAL_EXPR("NullLiteralExpr"),
    OBJECT_CREATION_EXPR("ObjectCreationExpr"),
    PACKAGE_DECLARATION("PackageDeclaration"),
    PARAMETER("Parameter", "name"),
    PRIMITIVE_TYPE("PrimitiveType"),
    RECEIVER_PARAMETER("ReceiverParameter"),
    RECORD_DECLARATION("RecordDeclaration", "name"),
    RECORD_PATTERN_EXPR("RecordPatternExpr"),
    RETURN_STMT("ReturnStmt"),
    SINGLE_MEMBER_ANNOTATION_EXPR("SingleMemberAnnotationExpr"),
    STRING_LITERAL_EXPR("StringLiteralExpr", "value"),
    SUPER_EXPR("SuperExpr"),
    SWITCH_ENTRY("SwitchEntry"),
    SWITCH_EXPR("SwitchExpr"),
    SWITCH_STMT("SwitchStmt"),
    SYNCHRONIZED_STMT("SynchronizedStmt"),
    TEXT_BLOCK_LITERAL_EXPR("TextBlockLiteralExpr", "value"),
    THIS_EXPR("ThisExpr"),
    THROW_STMT("ThrowStmt"),
    TRY_STMT("TryStmt"),
    TYPE_EXPR("TypeExpr"),
    TYPE_PARAMETER("TypeParameter", "name"),
    TYPE_PATTERN_EXPR("TypePatternExpr", "name"),
    UNARY_EXPR("UnaryExpr"),
    UNION_TYPE("UnionType"),
    UNKNOWN_TYPE("UnknownType"),
    UNPARSABLE_STMT("UnparsableStmt"),
    VAR_TYPE("VarType"),
    VARIABLE_DECLARATION_EXPR("VariableDeclarationExpr"),
    VARIABLE_DECLARATOR("VariableDeclarator", "name"),
    VOID_TYPE("VoidType"),
    WHILE_STMT("WhileStmt"),
    WILDCARD_TYPE("WildcardType"),
    YIELD_STMT("YieldStmt");

    private final String label;
    private final String textProperty;

    NodeKind(String label) {
        this(label, "");
    }

    NodeKind(String label, String textProperty) {
        this.label = label;
        this.textProperty = textProperty;
    }

    /** JavaParser's spelling, which is the one shown to users. */
    public String label() {
        return label;
    }

    /**
     * The property that a node's text stands for: {@code name}, {@code identifier} or {@code label}
     * for an identifier, {@code value} for a literal; empty for kinds without text.
     */
    public String textProperty() {
        return textProperty;
    }
}
