package io.tidescope.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

class SyntaxTreeFormatTest {
    private static final byte[] SOURCE =
            "class Aß { int b[] = \"ß\"; } // end".getBytes(StandardCharsets.UTF_8);

    @Test
    void aTreeIsReadAsItWasWritten() {
        SyntaxTree tree = sample();
        SyntaxTree read = read(tree.toBytes());
        assertThat(read.nodeCount()).isEqualTo(tree.nodeCount());
        for (int node = 0; node < tree.nodeCount(); node++) {
            assertThat(read.kind(node)).isEqualTo(tree.kind(node));
            assertThat(read.role(node)).isEqualTo(tree.role(node));
            assertThat(read.subtreeSize(node)).isEqualTo(tree.subtreeSize(node));
            assertThat(read.start(node)).isEqualTo(tree.start(node));
            assertThat(read.end(node)).isEqualTo(tree.end(node));
            assertThat(read.hasRange(node)).isEqualTo(tree.hasRange(node));
            assertThat(read.text(node)).isEqualTo(tree.text(node));
            assertThat(read.nameStart(node)).isEqualTo(tree.nameStart(node));
            assertThat(read.nameEnd(node)).isEqualTo(tree.nameEnd(node));
            assertThat(read.attributes(node)).isEqualTo(tree.attributes(node));
            assertThat(read.isUnparsable(node)).isEqualTo(tree.isUnparsable(node));
            assertThat(read.positions(node)).isEqualTo(tree.positions(node));
        }
        assertThat(read.comments()).isEqualTo(tree.comments());
        assertThat(read.toBytes()).isEqualTo(tree.toBytes());
    }

    /** When these change, so does {@link SyntaxTreeFormat#VERSION}. */
    @Test
    void aTreeHasTheseBytes() {
        assertThat(HexFormat.of().formatHex(sample().toBytes()))
                .isEqualTo(
                        "545354"
                                + "01"
                                + "de8567e0"
                                + "c68567f9"
                                + "24"
                                + "0714115c493d590c00464c1d143a3a060501000000000000200c330000241d0a"
                                + "04000000010d01000001001e060402042026020c0101116e6f7420696e207468"
                                + "6520736f757263650101010200000000");
    }

    @Test
    void nodesSayWhatTheyWereToldToBe() {
        SyntaxTree tree = sample();
        assertThat(tree.text(1)).isEqualTo("Aß");
        assertThat(tree.attributes(1)).containsExactly(new Attribute("isInterface", "true"));
        assertThat(tree.text(2)).isEqualTo("b");
        assertThat(tree.sourceText(tree.textStart(2), tree.textEnd(2))).isEqualTo("b");
        assertThat(tree.sourceText(tree.nameStart(2), tree.nameEnd(2))).isEqualTo("b[]");
        assertThat(tree.text(3)).isEqualTo("ß");
        assertThat(tree.text(4)).isEqualTo("not in the source");
        assertThat(tree.textStart(4)).isNegative();
        assertThat(tree.hasRange(4)).isFalse();
        assertThat(tree.isUnparsable(5)).isTrue();
        assertThat(tree.hasText(5)).isFalse();
        assertThat(tree.positions(6)).contains(new Positions(0, 0, 0, 0));
    }

    @Test
    void anyFlippedBitIsNoticed() {
        byte[] bytes = sample().toBytes();
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> read(flipped)).isInstanceOf(MalformedTreeException.class);
        }
    }

    @Test
    void anythingCutOffIsNoticed() {
        byte[] bytes = sample().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedTreeException.class);
        }
    }

    @Test
    void aNewerVersionSaysSo() {
        byte[] bytes = sample().toBytes();
        bytes[3] = SyntaxTreeFormat.VERSION + 1;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void theTreeOfAnotherSourceIsRefused() {
        byte[] other = SOURCE.clone();
        other[7] = 'X';
        assertThatThrownBy(
                        () ->
                                SyntaxTree.read(
                                        ByteBuffer.wrap(sample().toBytes()),
                                        ByteBuffer.wrap(other)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("another source");
    }

    @Test
    void buffersAreReadWhereTheyStandAndNotMoved() {
        byte[] bytes = sample().toBytes();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3);
        direct.position(3).put(bytes).position(3);
        ByteBuffer source = ByteBuffer.wrap(SOURCE).asReadOnlyBuffer();
        SyntaxTree tree = SyntaxTree.read(direct, source);
        assertThat(tree.text(1)).isEqualTo("Aß");
        assertThat(direct.position()).isEqualTo(3);
        assertThat(source.position()).isZero();
    }

    /** A node of every unusual sort; not a tree that Java has. */
    private static SyntaxTree sample() {
        var builder = new SyntaxTreeBuilder(SOURCE);
        int root = builder.open(NodeKind.COMPILATION_UNIT, Role.ROOT);
        builder.range(root, 0, SOURCE.length);
        int type = builder.open(NodeKind.CLASS_OR_INTERFACE_DECLARATION, Role.TYPES);
        builder.range(type, 0, 29);
        builder.identifier(type, "Aß", 6, 9);
        builder.attributes(type, 1);
        int variable = builder.open(NodeKind.VARIABLE_DECLARATOR, Role.VARIABLES);
        builder.range(variable, 16, 26);
        builder.identifier(variable, "b", 16, 19);
        int literal = builder.open(NodeKind.STRING_LITERAL_EXPR, Role.INITIALIZER);
        builder.range(literal, 22, 26);
        builder.text(literal, "ß");
        builder.close(literal);
        builder.close(variable);
        int nowhere = builder.open(NodeKind.NAME_EXPR, Role.EXPRESSION);
        builder.identifier(nowhere, "not in the source", -1, -1);
        builder.close(nowhere);
        int unparsable = builder.open(NodeKind.UNPARSABLE_STMT, Role.STATEMENTS);
        builder.unparsable(unparsable);
        builder.close(unparsable);
        int placed = builder.open(NodeKind.BREAK_STMT, Role.STATEMENTS);
        builder.positions(placed, new Positions(0, 0, 0, 0));
        builder.close(placed);
        builder.close(type);
        builder.close(root);
        builder.comment(new Comment(CommentKind.LINE, 30, SOURCE.length));
        return builder.build();
    }

    private static SyntaxTree read(byte[] bytes) {
        return SyntaxTree.read(ByteBuffer.wrap(bytes), ByteBuffer.wrap(SOURCE));
    }
}
