package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.DocumentSummary;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.Scope;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class AnswerBytesTest {
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(10));

    @Test
    void anAnswerIsReadAsItWasWritten() {
        CountDocuments count = new CountDocuments(Scope.EVERYWHERE, deadline);
        assertThat(AnswerBytes.read(count, AnswerBytes.write(count, 42L))).isEqualTo(42L);

        ListDocuments list = new ListDocuments("shop", "main", "", null, 10, deadline);
        List<DocumentSummary> none = List.of();
        assertThat(AnswerBytes.read(list, AnswerBytes.write(list, none))).isEmpty();

        FindDocument find =
                new FindDocument(new DocumentKey("shop", "main", "A.java"), false, false, deadline);
        assertThat(AnswerBytes.read(find, AnswerBytes.write(find, Optional.empty()))).isEmpty();
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        CountDocuments count = new CountDocuments(Scope.EVERYWHERE, deadline);

        assertThatThrownBy(() -> AnswerBytes.read(count, new byte[] {1, 2, 3}))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> AnswerBytes.read(count, new byte[0]))
                .isInstanceOf(RuntimeException.class);
    }
}
