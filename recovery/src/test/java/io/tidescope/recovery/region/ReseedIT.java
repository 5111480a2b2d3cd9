package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.region.NearbyRegions.Pair;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.GitRepository;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a region that is emptied for a mirror must not be the only one to have. */
@Timeout(120)
final class ReseedIT {
    private static final RefKey SHOP = new RefKey("acme/shop", TestDeployment.MAIN);
    private static final RefKey OLD = new RefKey("acme/old", TestDeployment.MAIN);

    @TempDir private Path directory;
    private final NearbyRegions regions = new NearbyRegions();
    private Pair pair;
    private GitRepository shop;
    private GitRepository old;

    @BeforeEach
    void publish() {
        pair = regions.startedPair();
        RegionEpoch unused = pair.activate(pair.west(), 4);
        shop = repository("shop");
        old = repository("old");
        pair.east().deployment().publish(SHOP.repository(), shop);
        pair.east().deployment().publish(OLD.repository(), old);
        pair.west().deployment().publish(SHOP.repository(), shop);
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    @Test
    void whatTheOtherRegionHasNothingOfIsDeletedWhenItIsGivenUpByName() throws Exception {
        assertThatThrownBy(() -> reseed(Set.of()))
                .hasMessageContaining("nothing was deleted: acme/old refs/heads/main.")
                .hasMessageContaining("--forget 'acme/old refs/heads/main'");
        assertThatThrownBy(() -> reseed(Set.of(SHOP)))
                .hasMessageContaining("nothing was deleted: acme/old refs/heads/main.");
        assertThat(refs()).containsExactlyInAnyOrder(SHOP, OLD);

        assertThat(reseed(Set.of(OLD))).isTrue();
        assertThat(refs()).isEmpty();
        assertThat(reseed(Set.of())).isFalse();
    }

    /** Git is the truth, and there it was deleted. */
    @Test
    void whatTheOtherRegionHasDeletedIsNotLost() throws Exception {
        pair.west().deployment().publish(OLD.repository(), old);
        old.git("checkout", "--quiet", "-b", "trunk");
        old.git("branch", "--quiet", "-D", "main");
        pair.west().deployment().publish(OLD.repository(), old);

        assertThat(reseed(Set.of())).isTrue();
        assertThat(refs()).isEmpty();
    }

    private boolean reseed(Set<RefKey> forgotten) throws InterruptedException {
        return new Reseed(pair.witness(), pair.east().cluster(), pair.west().cluster(), step -> {})
                .run(forgotten);
    }

    private List<RefKey> refs() {
        RegionCluster east = pair.east().cluster();
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(east.registry())) {
            return LogAudit.of(east.kafka(), east.topics(), registry).stream()
                    .map(RefAudit::ref)
                    .toList();
        }
    }

    private GitRepository repository(String name) {
        GitRepository repository = GitRepository.create(directory.resolve(name));
        String unused = repository.write("Basket.java", "class Basket {}\n").commit("first");
        return repository;
    }
}
