package io.tidescope.tree;

/** How a comment is written. The ordinal is stored: constants are only ever added at the end. */
public enum CommentKind {
    /** {@code // to the end of the line}. */
    LINE("LineComment"),
    /** {@code /* between the two *}{@code /}. */
    BLOCK("BlockComment"),
    /** {@code /** documentation *}{@code /}. */
    JAVADOC("JavadocComment"),
    /** Lines of {@code /// documentation}, as one comment. */
    MARKDOWN("MarkdownComment");

    private final String label;

    CommentKind(String label) {
        this.label = label;
    }

    /** JavaParser's spelling, which is the one shown to users. */
    public String label() {
        return label;
    }
}
