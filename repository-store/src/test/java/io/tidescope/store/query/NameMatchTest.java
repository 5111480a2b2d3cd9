package io.tidescope.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

class NameMatchTest {
    @Test
    void exactMatchesTheNameOnly() {
        assertThat(best(new NameMatch.Exact("size"), "size", "Size", "sizes"))
                .containsExactly("size");
    }

    @Test
    void aPrefixPrefersTheNameItselfThenItsCaseThenShorterNames() {
        assertThat(
                        best(
                                new NameMatch.Prefix("list"),
                                "listener",
                                "List",
                                "ListIterator",
                                "lists",
                                "list",
                                "blacklist"))
                .containsExactly("list", "List", "lists", "listener", "ListIterator");
    }

    @Test
    void everyMatchHasOneOfTheBeginnings() {
        NameMatch match = new NameMatch.Prefix("aRr");
        assertThat(match.beginnings())
                .containsExactly("ARR", "ARr", "ArR", "Arr", "aRR", "aRr", "arR", "arr");
        assertThat(new NameMatch.Prefix("_x1y").beginnings()).containsExactly("_X1", "_x1");
        assertThat(new NameMatch.Substring("x").beginnings()).containsExactly("");
    }

    @Test
    void humpsFindAbbreviations() {
        assertThat(
                        best(
                                new NameMatch.Camel("NPE"),
                                "NullPointerException",
                                "NoSuchPathException",
                                "NPE",
                                "Nope",
                                "npe"))
                .containsExactly("NPE", "NullPointerException", "NoSuchPathException");
        assertThat(new NameMatch.Camel("NuPoEx").score("NullPointerException")).isPresent();
        assertThat(new NameMatch.Camel("NuPeEx").score("NullPointerException")).isEmpty();
        assertThat(new NameMatch.Camel("hmap").score("HashMap")).isPresent();
        assertThat(new NameMatch.Camel("HP2").score("parseHTMLPage2")).isEmpty();
        assertThat(new NameMatch.Camel("pHP2").score("parseHTMLPage2")).isPresent();
        assertThat(new NameMatch.Camel("MV").score("MAX_VALUE")).isPresent();
    }

    @Test
    void aSubstringPrefersHumpsToOtherPlaces() {
        assertThat(
                        best(
                                new NameMatch.Substring("map"),
                                "HashMap",
                                "bitmap",
                                "map",
                                "mapper",
                                "Mapper",
                                "MAP"))
                .containsExactly("map", "MAP", "mapper", "Mapper", "HashMap", "bitmap");
    }

    @Test
    void aPatternIsFoundAnywhereAndWholeNamesComeFirst() {
        assertThat(
                        best(
                                new NameMatch.Regex("get\\w*Name"),
                                "getName",
                                "getNames",
                                "forgetName",
                                "name"))
                .containsExactly("getName", "getNames", "forgetName");
    }

    @Test
    void aBadPatternIsRefusedWithThePlaceOfTheFault() {
        assertThatThrownBy(() -> new NameMatch.Regex("get[a-"))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                            assertThat(e.parameter()).isEqualTo("q");
                        })
                .hasMessageContaining("at position 3");
        assertThatThrownBy(() -> new NameMatch.Regex("(a))"))
                .hasMessageContaining("regular expression");
    }

    @Test
    @Timeout(10)
    void aPatternBuiltToExplodeDoesNot() {
        assertThatThrownBy(() -> new NameMatch.Regex("((a{100}){100}){100}"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new NameMatch.Regex("(({x{1000}{){1000}{){1000}"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new NameMatch.Regex("(?:%s){1000}".formatted("ab".repeat(120))))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("too large");
        for (String usual :
                List.of(
                        "[A-Za-z0-9_]{1,30}\\.[A-Za-z0-9_]{1,30}",
                        "-----BEGIN [A-Z ]+-----[\\s\\S]{1,500}",
                        "\\p{Lu}\\w{2,40}(Impl|Test){0,3}[]}{]?\\x{41}")) {
            assertThat(new NameMatch.Regex(usual).score("nothing")).isEmpty();
        }
        NameMatch nested = new NameMatch.Regex("(a+)+(a+)+(a|aa)*$");
        assertThat(nested.score("a".repeat(20_000) + "b")).isEmpty();
    }

    @Test
    void fuzzyForgivesTypingErrors() {
        assertThat(
                        best(
                                new NameMatch.Fuzzy("StringBiulder"),
                                "StringBuilder",
                                "stringbiulder",
                                "StringBuffer",
                                "StringBuilders"))
                .containsExactly(
                        "stringbiulder", "StringBuilder", "StringBuilders", "StringBuffer");
        assertThat(new NameMatch.Fuzzy("of").score("if")).isEmpty();
        assertThat(new NameMatch.Fuzzy("size").score("sizee")).isPresent();
        assertThat(new NameMatch.Fuzzy("size").score("seize2")).isEmpty();
    }

    @Test
    void whatIsTooLongOrEmptyIsRefused() {
        String long257 = "x".repeat(257);
        Stream.<Runnable>of(
                        () -> new NameMatch.Exact(""),
                        () -> new NameMatch.Prefix(long257),
                        () -> new NameMatch.Camel("a\0b"),
                        () -> new NameMatch.Substring(long257),
                        () -> new NameMatch.Regex(long257),
                        () -> new NameMatch.Fuzzy("x".repeat(65)))
                .forEach(
                        make ->
                                assertThatThrownBy(make::run)
                                        .isInstanceOf(TideScopeException.class)
                                        .hasMessageMatching(".*(characters|NUL).*"));
    }

    /** The names that match, from the best. */
    private static List<String> best(NameMatch match, String... names) {
        return Stream.of(names)
                .filter(name -> match.score(name).isPresent())
                .sorted(Comparator.comparingInt(name -> match.score(name).orElseThrow()))
                .toList();
    }
}
