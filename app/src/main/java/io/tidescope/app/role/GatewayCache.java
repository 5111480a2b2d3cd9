package io.tidescope.app.role;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.CacheConfiguration;
import io.tidescope.app.config.Secret;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.AnswerCodec;
import io.tidescope.query.cache.CacheSettings;
import io.tidescope.query.cache.LevelledCache;
import io.tidescope.query.cache.RedisBytes;
import io.tidescope.query.cache.RedisSettings;
import io.tidescope.query.cache.SharedAnswers;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.remote.AnswerBytes;

import java.util.List;

/** Puts together what a gateway keeps of answers. */
final class GatewayCache {
    private GatewayCache() {}

    /**
     * @param namespace keys of shared answers begin with it, so that those of other clusters and
     *     versions are others
     */
    static AnswerCache of(
            CacheConfiguration configuration, String namespace, Surroundings surroundings) {
        if (!configuration.isOn()) {
            return AnswerCache.NONE;
        }
        List<String> nodes = configuration.nodes().stream().map(Address::toString).toList();
        SharedAnswers shared = null;
        if (nodes.isEmpty()) {
            // What is kept in this process alone is well as long as the process is.
            surroundings.health().add("cache", List::of);
        } else {
            RedisBytes redis =
                    surroundings
                            .parts()
                            .add("shared cache", new RedisBytes(redis(configuration, nodes)));
            surroundings.health().add("cache", redis::troubles);
            shared = new SharedAnswers(redis, new WireCodec());
        }
        return new LevelledCache(
                new CacheSettings(
                        configuration.memoryBytes(),
                        CacheSettings.of(namespace).answerBytes(),
                        namespace),
                shared,
                surroundings.meters());
    }

    private static RedisSettings redis(CacheConfiguration configuration, List<String> nodes) {
        RedisSettings standard = RedisSettings.of(nodes);
        Secret password = configuration.password();
        return new RedisSettings(
                nodes,
                password == null ? null : password.value(),
                configuration.tls(),
                configuration.timeout(),
                standard.pause(),
                configuration.keep(),
                standard.valueBytes());
    }

    /** Answers are kept as they travel. */
    private static final class WireCodec implements AnswerCodec {
        @Override
        public <R> byte[] write(StoreQuery<R> query, R answer) {
            return AnswerBytes.write(query, answer);
        }

        @Override
        public <R> R read(StoreQuery<R> query, byte[] bytes) {
            return AnswerBytes.read(query, bytes);
        }
    }
}
