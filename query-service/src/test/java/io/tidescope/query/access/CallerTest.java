package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.RepositoryGlobs;

import org.junit.jupiter.api.Test;

import java.util.Set;

class CallerTest {
    @Test
    void aNameCannotLookLikeAnotherFieldOfALog() {
        assertThat(name("ann@example.org")).isEqualTo("ann@example.org");
        assertThat(name("x\" outcome=\"done\n\u001b[2J")).startsWith("x? outcome??done???2J#");
        assertThat(name("n".repeat(1_000))).hasSize(109);
    }

    @Test
    void namesThatCannotBeTakenAsTheyAreStayDifferent() {
        assertThat(name("n".repeat(1_000))).isNotEqualTo(name("n".repeat(1_001)));
        assertThat(name("a\u00e9")).isNotEqualTo(name("a\u00e8"));
    }

    private static String name(String given) {
        return new Caller(given, Set.of(Permission.READ), RepositoryGlobs.ALL).name();
    }
}
