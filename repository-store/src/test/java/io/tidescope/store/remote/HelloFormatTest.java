package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.remote.HelloFormat.Versions;

import org.junit.jupiter.api.Test;

import java.util.OptionalInt;

class HelloFormatTest {
    @Test
    void theNewestVersionIsSpokenThatBothSidesSpeak() {
        assertThat(common(1, 2, 1, 1)).hasValue(1);
        assertThat(common(1, 1, 1, 2)).hasValue(1);
        assertThat(common(2, 3, 1, 2)).hasValue(2);
        assertThat(common(2, 3, 2, 3)).hasValue(3);
    }

    @Test
    void sidesThatAreTooFarApartSpeakNone() {
        assertThat(common(2, 3, 1, 1)).isEmpty();
        assertThat(common(1, 1, 2, 3)).isEmpty();
    }

    private static OptionalInt common(int oldest, int newest, int othersOldest, int othersNewest) {
        return new Versions(oldest, newest).common(new Versions(othersOldest, othersNewest));
    }
}
