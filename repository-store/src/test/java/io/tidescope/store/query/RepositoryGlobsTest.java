package io.tidescope.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.util.List;

class RepositoryGlobsTest {
    @Test
    void aGlobIsAboutAWholeName() {
        RepositoryGlobs team = RepositoryGlobs.of("repositories", List.of("team/*", "acme/tide"));

        assertThat(team.matches("team/tide")).isTrue();
        assertThat(team.matches("acme/tide")).isTrue();
        assertThat(team.matches("acme/tide-pool")).isFalse();
        assertThat(team.matches("steam/tide")).isFalse();
        assertThat(team.matches("team/a/b")).isFalse();
        assertThat(team.matches("Team/tide")).isFalse();
        assertThat(team.isAll()).isFalse();
    }

    @Test
    void noGlobIsNoRepository() {
        RepositoryGlobs none = RepositoryGlobs.of("repositories", List.of());

        assertThat(none.matches("acme/tide")).isFalse();
        assertThat(none.matches("")).isFalse();
        assertThat(none.isAll()).isFalse();
        assertThat(none).isNotEqualTo(RepositoryGlobs.ALL);
    }

    @Test
    void twoStarsAloneAreAllThereAre() {
        assertThat(RepositoryGlobs.of("repositories", List.of("a", "**")))
                .isSameAs(RepositoryGlobs.ALL);
        assertThat(RepositoryGlobs.ALL.matches("any/thing/at/all")).isTrue();
        assertThat(RepositoryGlobs.of("repositories", List.of("**/x")).isAll()).isFalse();
    }

    @Test
    void bracesThatDoNotPairAreRefused() {
        assertThatThrownBy(() -> RepositoryGlobs.of("repositories", List.of("{a")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("{a");
    }
}
