package io.tidescope.store.rocks;

import io.tidescope.schemas.event.Document;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternForm;
import io.tidescope.tree.match.Rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Rules made of pieces of a model's documents, so that many of them match. */
final class RandomRules {
    private final Random random;
    private final List<Document> documents;

    RandomRules(Random random, StoreModel model) {
        this.random = random;
        this.documents =
                model.documents().values().stream()
                        .filter(document -> StoreModel.tree(document).isPresent())
                        .toList();
    }

    Rule next() {
        return switch (random.nextInt(8)) {
            case 0 -> new Rule.OfKind(Set.copyOf(List.of(kind(), kind())));
            case 1 -> new Rule.Any(List.of(piece(), piece()));
            case 2 -> new Rule.All(List.of(new Rule.OfKind(Set.of(kind())), has(piece())));
            case 3 -> new Rule.All(List.of(piece(), new Rule.Not(has(piece()))));
            default -> piece();
        };
    }

    private static Rule has(Rule rule) {
        return new Rule.Related(Rule.Relation.HAS, rule, new Rule.StopBy.End());
    }

    private NodeKind kind() {
        NodeKind[] kinds = NodeKind.values();
        return kinds[random.nextInt(kinds.length)];
    }

    /** A subtree of some document, a few of its expressions replaced by holes. */
    private Rule piece() {
        if (documents.isEmpty()) {
            return new Rule.OfKind(Set.of(kind()));
        }
        SyntaxTree tree =
                StoreModel.tree(documents.get(random.nextInt(documents.size()))).orElseThrow();
        List<Integer> small = new ArrayList<>();
        for (int node = 1; node < tree.nodeCount(); node++) {
            if (tree.hasRange(node) && tree.subtreeSize(node) < 25) {
                small.add(node);
            }
        }
        if (small.isEmpty()) {
            return new Rule.OfKind(Set.of(kind()));
        }
        int root = small.get(random.nextInt(small.size()));
        Map<Integer, Hole> holes = new HashMap<>();
        for (int node = root + 1; node < tree.subtreeEnd(root); node++) {
            if (tree.kind(node) == NodeKind.NAME_EXPR && random.nextInt(3) == 0) {
                holes.put(node, new Hole("", false));
            }
        }
        return new Rule.Matches(
                new Pattern("", PatternForm.EXPRESSION, tree, List.of(root), holes, Map.of()));
    }
}
