package io.tidescope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

import java.util.List;

class CompatibilityLevelTest {
    private static final Schema A = Schemas.withField("a");
    private static final Schema A_AND_B = Schemas.withFields("a", "b");
    private static final Schema A_AND_OPTIONAL =
            SchemaBuilder.record("R").fields().requiredString("a").optionalString("c").endRecord();

    @Test
    void aFieldWithoutADefaultIsOnlyForwardCompatible() {
        assertThat(CompatibilityLevel.FORWARD.problems(A_AND_B, List.of(A))).isEmpty();
        assertThat(CompatibilityLevel.BACKWARD.problems(A_AND_B, List.of(A)))
                .singleElement()
                .asString()
                .contains("cannot read version 1");
        assertThat(CompatibilityLevel.FULL.problems(A_AND_B, List.of(A))).isNotEmpty();
        assertThat(CompatibilityLevel.NONE.problems(A_AND_B, List.of(A))).isEmpty();
    }

    @Test
    void transitiveLevelsLookAtAllVersions() {
        List<Schema> versions = List.of(A_AND_B, A);

        assertThat(CompatibilityLevel.FULL.problems(A_AND_OPTIONAL, versions)).isEmpty();
        assertThat(CompatibilityLevel.FULL_TRANSITIVE.problems(A_AND_OPTIONAL, versions))
                .singleElement()
                .asString()
                .contains("not readable by version 1");
    }
}
