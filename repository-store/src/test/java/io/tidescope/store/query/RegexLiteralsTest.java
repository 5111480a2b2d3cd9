package io.tidescope.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class RegexLiteralsTest {
    private static final String PATTERN_CHARACTERS =
            "aabb1_A^$.*+?()|[]{},-:\\dQEx\u00e9\ud83d\ude00";
    private static final String NAME_CHARACTERS = "aaabbb1_A{x\u00e9";

    @ParameterizedTest
    @CsvSource({
        "Factory$, Factory, ''",
        "^get[A-Z]\\w*Id$, get, get",
        "^(get|set)Name, Name, ''",
        "ab+c, ab, ''",
        "abc?d, ab, ''",
        "^a*b, b, ''",
        "^*ab, ab, ''",
        "to\\.be, to, ''",
        "x(y(z)|w)vv, vv, ''",
        "[]ab]cd, cd, ''",
        "get|set, '', ''",
        "a{2}b, '', ''",
        "\\x41bc, '', ''",
        "\\Qab|c\\E, '', ''",
        "(?i)abc, '', ''",
        "[[:alpha:]]bc, '', ''",
    })
    void whatStandsPlainlyIsSeen(String pattern, String somewhere, String beginning) {
        assertThat(RegexLiterals.of(pattern)).isEqualTo(new RegexLiterals(somewhere, beginning));
    }

    @Test
    void noNameThatMatchesIsMissed() {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        int matched = 0;
        for (int round = 0; round < 200_000; round++) {
            String text = random(random, PATTERN_CHARACTERS, 9);
            String name = random(random, NAME_CHARACTERS, 7);
            NameMatch match;
            try {
                match = new NameMatch.Regex(text);
            } catch (TideScopeException e) {
                continue;
            }
            if (Pattern.compile(text).matcher(name).find()) {
                matched++;
                assertThat(match.score(name))
                        .as("%s in %s, -Dseed=%d", text, name, seed)
                        .isPresent();
                assertThat(match.beginnings())
                        .as("%s in %s, -Dseed=%d", text, name, seed)
                        .anyMatch(name::startsWith);
            }
        }
        assertThat(matched).as("-Dseed=%d", seed).isPositive();
    }

    private static String random(Random random, String characters, int longest) {
        int length = 1 + random.nextInt(longest);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
