package io.tidescope.tree;

/**
 * What a node says beyond its kind, text and children, by JavaParser's property names: an operator,
 * a modifier's keyword, a flag.
 *
 * @param name the property: {@code operator}, {@code keyword}, {@code isStatic} …
 * @param value the constant: {@code PLUS}, {@code PUBLIC} …; {@code true} for a flag that is set
 */
public record Attribute(String name, String value) {
    /** Whether this is a flag, whose only value is {@code true}: flags not set are not listed. */
    public boolean isFlag() {
        return value.equals("true");
    }
}
