package io.tidescope.tree;

/**
 * What a node is to its parent: JavaParser's property names. {@link #ROOT} has no parent.
 *
 * <p>The ordinal is stored: constants are only ever added at the end.
 */
public enum Role {
    ROOT("root"),
    ANNOTATIONS("annotations"),
    ANONYMOUS_CLASS_BODY("anonymousClassBody"),
    ARGUMENTS("arguments"),
    BODY("body"),
    CATCH_CLAUSES("catchClauses"),
    CHECK("check"),
    CLASS_BODY("classBody"),
    CLASS_DECLARATION("classDeclaration"),
    COMPARE("compare"),
    COMPONENT_TYPE("componentType"),
    CONDITION("condition"),
    DEFAULT_VALUE("defaultValue"),
    DIMENSION("dimension"),
    DIRECTIVES("directives"),
    ELEMENT_TYPE("elementType"),
    ELEMENTS("elements"),
    ELSE_EXPR("elseExpr"),
    ELSE_STMT("elseStmt"),
    ENTRIES("entries"),
    EXPRESSION("expression"),
    EXTENDED_TYPE("extendedType"),
    EXTENDED_TYPES("extendedTypes"),
    FINALLY_BLOCK("finallyBlock"),
    GUARD("guard"),
    IMPLEMENTED_TYPES("implementedTypes"),
    IMPORTS("imports"),
    INDEX("index"),
    INITIALIZATION("initialization"),
    INITIALIZER("initializer"),
    INNER("inner"),
    ITERABLE("iterable"),
    LABEL("label"),
    LABELS("labels"),
    LEFT("left"),
    LEVELS("levels"),
    MEMBER_VALUE("memberValue"),
    MEMBERS("members"),
    MESSAGE("message"),
    MODIFIERS("modifiers"),
    MODULE("module"),
    MODULE_NAMES("moduleNames"),
    NAME("name"),
    PACKAGE_DECLARATION("packageDeclaration"),
    PAIRS("pairs"),
    PARAMETER("parameter"),
    PARAMETERS("parameters"),
    PATTERN("pattern"),
    PATTERN_LIST("patternList"),
    PERMITTED_TYPES("permittedTypes"),
    QUALIFIER("qualifier"),
    RECEIVER_PARAMETER("receiverParameter"),
    RECORD_DECLARATION("recordDeclaration"),
    RESOURCES("resources"),
    RIGHT("right"),
    SCOPE("scope"),
    SELECTOR("selector"),
    STATEMENT("statement"),
    STATEMENTS("statements"),
    SUPER_TYPE("superType"),
    TARGET("target"),
    THEN_EXPR("thenExpr"),
    THEN_STMT("thenStmt"),
    THROWN_EXCEPTIONS("thrownExceptions"),
    TRY_BLOCK("tryBlock"),
    TYPE("type"),
    TYPE_ARGUMENTS("typeArguments"),
    TYPE_BOUND("typeBound"),
    TYPE_NAME("typeName"),
    TYPE_PARAMETERS("typeParameters"),
    TYPES("types"),
    UPDATE("update"),
    VALUE("value"),
    VALUES("values"),
    VAR_ARGS_ANNOTATIONS("varArgsAnnotations"),
    VARIABLE("variable"),
    VARIABLES("variables"),
    WITH("with");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** JavaParser's spelling, which is the one shown to users. */
    public String label() {
        return label;
    }
}
