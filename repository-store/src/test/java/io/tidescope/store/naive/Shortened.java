package io.tidescope.store.naive;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A pattern that is code less the last element of a list that a bracket ends: it must not be found
 * where it was made. Nothing here knows what a matcher may pass over.
 *
 * @param text of the pattern
 * @param place of the code that it was made from
 */
public record Shortened(String text, String place) {
    private static final Set<String> BRACKETED =
            Set.of(
                    "anonymousClassBody",
                    "arguments",
                    "classBody",
                    "members",
                    "pairs",
                    "parameters",
                    "statements",
                    "typeArguments",
                    "typeParameters",
                    "update",
                    "values");

    private record Place(Code owner, String property) {}

    /** A pattern made of some code in a file; null when it is not fit for one. */
    public static @Nullable Shortened make(NaiveFile file, Random random) {
        List<Code> roots =
                file.root()
                        .all()
                        .filter(PatternMaker::isRoot)
                        .filter(code -> code.size() <= PatternMaker.MAX_SIZE)
                        .toList();
        if (roots.isEmpty()) {
            return null;
        }
        Code root = roots.get(random.nextInt(roots.size()));
        List<Place> places = new ArrayList<>();
        root.all()
                .forEach(
                        code ->
                                code.parts().keySet().stream()
                                        .filter(property -> isShortened(code, property))
                                        .forEach(
                                                property -> places.add(new Place(code, property))));
        if (places.isEmpty()) {
            return null;
        }
        Place place = places.get(random.nextInt(places.size()));
        List<Code> list = place.owner().part(place.property());
        Code last = list.getLast();
        int from = list.size() > 1 ? list.get(list.size() - 2).end() : last.start();
        String text =
                file.source().substring(root.start(), from)
                        + file.source().substring(last.end(), root.end());
        return new Shortened(text, file.path() + ":" + Places.of(root.range()));
    }

    private static boolean isShortened(Code code, String property) {
        List<Code> list = code.part(property);
        if (!BRACKETED.contains(property)
                || list.isEmpty()
                || !list.stream().allMatch(Code::hasRange)) {
            return false;
        }
        return switch (code.kind()) {
            // Brackets of a constant with nothing in them are none to JavaParser.
            case "EnumConstantDeclaration" -> list.size() > 1;
            case "EnumDeclaration", "SwitchEntry" -> false;
            // What is no longer there was never said: this is a parameter's name.
            case "LambdaExpr" -> list.size() > 1;
            default -> true;
        };
    }
}
