package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class NamespaceTest {
    private static final Namespace FIRST = new Namespace("acme.");
    private static final Namespace NAMED = FIRST.withIndex("blue");

    @Test
    void theFirstIndexIsCalledAsIfThereWereNoOthers() {
        assertThat(FIRST.documents()).isEqualTo("acme.documents");
        assertThat(FIRST.parseFailures()).isEqualTo("acme.parse-failures");
        assertThat(FIRST.parserApplication()).isEqualTo("acme.tidescope-parser");
        assertThat(FIRST.storeApplication()).isEqualTo("acme.tidescope-store");
        assertThat(FIRST.parserTransactions("n1")).isEqualTo("acme.tidescope-parser-n1-");
    }

    @Test
    void whatIsDerivedFromTheLogEndsWithTheNameOfItsIndex() {
        assertThat(NAMED.documents()).isEqualTo("acme.documents-blue");
        assertThat(NAMED.parseFailures()).isEqualTo("acme.parse-failures-blue");
        assertThat(NAMED.parserApplication()).isEqualTo("acme.tidescope-parser-blue");
        assertThat(NAMED.storeApplication()).isEqualTo("acme.tidescope-store-blue");
        assertThat(NAMED.replay()).isEqualTo("acme.tidescope-replay-blue");
    }

    @Test
    void whatIsPublishedIsThereOnceForAllIndices() {
        assertThat(NAMED.fileChanges()).isEqualTo(FIRST.fileChanges());
        assertThat(NAMED.repositories()).isEqualTo(FIRST.repositories());
        assertThat(NAMED.schemas()).isEqualTo(FIRST.schemas());
        assertThat(NAMED.registry()).isEqualTo(FIRST.registry());
        assertThat(NAMED.publisher("shop")).isEqualTo(FIRST.publisher("shop"));
    }

    @Test
    void aNodeOfANamedIndexHasNotTheTransactionsOfAnyOfTheFirst() {
        assertThat(NAMED.parserTransactions("n1"))
                .doesNotStartWith(FIRST.parserTransactions("blue"))
                .isNotEqualTo(FIRST.parserTransactions("blue-n1"));
    }

    @Test
    void namesThatKafkaOrAReaderWouldStumbleOverAreRefused() {
        for (String name : new String[] {"a.b", "a_b", "a b", "a/b", "x".repeat(21)}) {
            assertThatThrownBy(() -> FIRST.withIndex(name))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.parameter()).isEqualTo("index"))
                    .hasMessageContaining(name);
        }
    }
}
