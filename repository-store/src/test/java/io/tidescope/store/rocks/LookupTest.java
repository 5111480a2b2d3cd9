package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Need;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

class LookupTest {
    private static final Need PUMP = new Need.Identifier("pump");
    private static final Need FULL = new Need.Literal("full");
    private static final Need SYNCHRONIZED = new Need.Kind(Set.of(NodeKind.SYNCHRONIZED_STMT));
    private static final Need CALL = new Need.Kind(Set.of(NodeKind.METHOD_CALL_EXPR));

    @Test
    void looksUpNamesLiteralsAndUncommonKinds() {
        assertThat(shown(PUMP)).isEqualTo("pump");
        assertThat(shown(FULL)).isEqualTo("\"full");
        assertThat(shown(SYNCHRONIZED)).isEqualTo("#SYNCHRONIZED_STMT");
        assertThat(shown(all(PUMP, FULL, SYNCHRONIZED, CALL)))
                .isEqualTo("#SYNCHRONIZED_STMT & \"full & pump");
    }

    @Test
    void leavesOutWhatIsInMostDocumentsOrInNoPosting() {
        assertThat(shown(new Need.Anything())).isEqualTo("*");
        assertThat(shown(CALL)).isEqualTo("*");
        assertThat(shown(new Need.Literal("0"))).isEqualTo("*");
        assertThat(shown(new Need.Literal(""))).isEqualTo("*");
        assertThat(shown(new Need.Identifier("super"))).isEqualTo("*");
        assertThat(shown(new Need.Identifier("x".repeat(2000)))).isEqualTo("*");
        assertThat(
                        shown(
                                new Need.Kind(
                                        Set.of(
                                                NodeKind.SYNCHRONIZED_STMT,
                                                NodeKind.METHOD_CALL_EXPR))))
                .isEqualTo("*");
    }

    @Test
    void unitesAlternativesWhenEachCanBeLookedUp() {
        assertThat(shown(any(PUMP, FULL))).isEqualTo("(pump | \"full)");
        assertThat(shown(any(PUMP, CALL))).isEqualTo("*");
        assertThat(shown(all(any(PUMP, CALL), FULL))).isEqualTo("\"full");
        assertThat(shown(all(any(PUMP, FULL), SYNCHRONIZED)))
                .isEqualTo("#SYNCHRONIZED_STMT & (pump | \"full)");
    }

    @Test
    void isBounded() {
        List<Need> names =
                IntStream.range(0, 40)
                        .mapToObj(i -> (Need) new Need.Identifier("n" + "x".repeat(i)))
                        .toList();

        assertThat(Lookup.of(new Need.All(names)))
                .isInstanceOfSatisfying(
                        Lookup.Every.class,
                        every ->
                                assertThat(every.parts())
                                        .hasSize(6)
                                        .first()
                                        .hasToString("n" + "x".repeat(39)));
        assertThat(Lookup.of(new Need.Any(names))).isEqualTo(new Lookup.Everything());
        assertThat(Lookup.of(new Need.Any(Collections.nCopies(17, PUMP))))
                .isEqualTo(new Lookup.Everything());
    }

    @Test
    void isBoundedAsAWhole() {
        List<Lookup> lookups =
                List.of(
                        Lookup.of(nested(4, true, 0)),
                        Lookup.of(nested(4, false, 0)),
                        Lookup.of(all(PUMP, nested(4, false, 0))));

        assertThat(lookups)
                .allSatisfy(it -> assertThat(postings(it)).isBetween(1, Lookup.MAX_POSTINGS));
        assertThat(lookups.getLast().toString()).startsWith("pump & ");
    }

    @Test
    void isAllDocumentsWhenThereAreMoreAlternativesThanPostings() {
        List<Need> alternatives =
                IntStream.range(0, 16)
                        .mapToObj(
                                i ->
                                        any(
                                                IntStream.range(0, 4)
                                                        .mapToObj(j -> name("n" + i + j))
                                                        .toArray(Need[]::new)))
                        .toList();

        assertThat(Lookup.of(new Need.Any(alternatives))).isEqualTo(new Lookup.Everything());
        assertThat(Lookup.of(all(PUMP, new Need.Any(alternatives)))).hasToString("pump");
    }

    @Test
    void takesInWhatNobodyCanRead() {
        assertThat(Lookup.of(PUMP).orUnreadable()).hasToString("(pump | !)");
        assertThat(Lookup.of(CALL).orUnreadable()).isEqualTo(new Lookup.Everything());
    }

    /** Needs within needs, all of some and one of some by turns. */
    private static Need nested(int depth, boolean all, int number) {
        if (depth == 0) {
            return name("name" + number);
        }
        List<Need> parts =
                IntStream.range(0, 5)
                        .mapToObj(i -> nested(depth - 1, !all, 5 * number + i))
                        .toList();
        return all ? new Need.All(parts) : new Need.Any(parts);
    }

    private static int postings(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Everything everything -> 0;
            case Lookup.Posting posting -> 1;
            case Lookup.Every(List<Lookup> parts) ->
                    parts.stream().mapToInt(LookupTest::postings).sum();
            case Lookup.Either(List<Lookup> parts) ->
                    parts.stream().mapToInt(LookupTest::postings).sum();
        };
    }

    private static Need name(String name) {
        return new Need.Identifier(name);
    }

    private static String shown(Need need) {
        return Lookup.of(need).toString();
    }

    private static Need all(Need... needs) {
        return new Need.All(List.of(needs));
    }

    private static Need any(Need... needs) {
        return new Need.Any(List.of(needs));
    }
}
