package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.query.admin.TrialParser.SourceEncoding;
import io.tidescope.query.admin.TrialParser.Trial;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class TrialParsesTest {
    private static final byte[] FINE = "class A { int x; }\n".getBytes(UTF_8);
    private static final byte[] BROKEN = "class A { void m( { } }\n".getBytes(UTF_8);

    @Test
    void aSourceIsParsedAsWhenItIsPushed() {
        try (TrialParses parses = new TrialParses()) {
            Trial fine = parses.parse(FINE);
            Trial broken = parses.parse(BROKEN);
            Trial hopeless = parses.parse("((((".repeat(10).getBytes(UTF_8));

            assertThat(fine.outcome()).isEqualTo("parsed");
            assertThat(fine.nodes()).isPositive();
            assertThat(fine.lines()).isEqualTo(1);
            assertThat(broken.outcome()).isEqualTo("parsed_with_problems");
            assertThat(broken.problems().getFirst().getStart()).isPositive();
            assertThat(hopeless.problems()).isNotEmpty();
        }
    }

    @Test
    void encodingsAreThoseOfTheParser() {
        try (TrialParses parses = new TrialParses()) {
            assertThat(parses.encoding(new byte[] {'a', (byte) 0xFF}))
                    .isEqualTo(new SourceEncoding("windows-1252", true, 1));
        }
    }

    @Test
    void whileASourceThatTookTooLongIsParsedStillNoOtherIs() {
        CountDownLatch end = new CountDownLatch(1);
        try (TrialParses parses =
                new TrialParses(
                        (content, cancellation) -> {
                            if (content == BROKEN) {
                                awaitIgnoringInterrupts(end);
                            }
                            return new JavaSourceParser().parse(content);
                        },
                        Duration.ofSeconds(1))) {
            assertThat(parses.parse(BROKEN).problems().getFirst().getCode()).isEqualTo("timeout");

            assertThatThrownBy(() -> parses.parse(FINE))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        } finally {
            end.countDown();
        }
    }

    /** As a parser does, which cannot be stopped. */
    private static void awaitIgnoringInterrupts(CountDownLatch end) {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException e) {
                // Goes on all the same.
            }
        }
    }
}
