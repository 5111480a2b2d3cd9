package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.ParseResult.Parsed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

@Timeout(60)
class CancellationTest {
    private static final int DEPTH = 40;
    private static final long STACK_BYTES = 256 << 20;

    /** An expression within each, over which JavaParser looks ahead again at each level. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(@X(%s) A) 1",
                "(A<@X(%s) B>) 1",
                "(@X(a = %s) int a) -> 1",
                "() -> { a(%s); }",
                "() -> { for (A a = %s;;); }",
                "switch (x) { default: yield %s; }",
                "() -> { class L { L() { a(%s).super(1); } } }",
            })
    void aParseThatDoesNotEndIsEnded(String around) throws Exception {
        String expression = "1 1";
        for (int i = 0; i < DEPTH; i++) {
            expression = around.replace("%s", expression);
        }
        byte[] source = "class C { Object a = %s; }".replace("%s", expression).getBytes(UTF_8);
        Cancellation cancellation = new Cancellation();
        Thread parse =
                new Thread(
                        null,
                        () -> new JavaSourceParser().parse(source, cancellation),
                        "parse",
                        STACK_BYTES);
        parse.start();
        assertThat(parse.join(Duration.ofMillis(300))).as("it ends by itself").isFalse();

        do {
            cancellation.cancel();
        } while (!parse.join(Duration.ofMillis(20)));
    }

    @Test
    void aParseThatIsCancelledBeforeItBeginsIsNone() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThat(new JavaSourceParser().parse("class A {}".getBytes(UTF_8), cancellation))
                .isNotInstanceOf(Parsed.class);
    }

    @Test
    void oneThatIsNotCancelledIsAsEver() {
        Cancellation cancellation = new Cancellation();
        assertThat(new JavaSourceParser().parse("class A {}".getBytes(UTF_8), cancellation))
                .isInstanceOfSatisfying(
                        Parsed.class, parsed -> assertThat(parsed.problems()).isEmpty());
        assertThat(cancellation.isCancelled()).isFalse();
    }
}
