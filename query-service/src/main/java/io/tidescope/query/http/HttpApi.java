package io.tidescope.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.query.PublishStates;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Permission;
import io.tidescope.query.api.Api;
import io.tidescope.query.api.Endpoint;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.StoreClient;
import io.tidescope.tree.match.PatternReader;

import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/**
 * The API over HTTP, while it is open.
 *
 * <p>Requests run on threads of the platform and not on virtual ones: a query inside the store runs
 * native code, which holds its carrier thread, and there are only as many of those as cores; one
 * long scan for each core would stop everybody else.
 */
public final class HttpApi implements AutoCloseable {
    /** What the paths of the API begin with; webhooks and health have their own. */
    public static final String ROOT = "/api/v1";

    private static final int MIN_THREADS = 8;
    private static final int SPARE_THREADS = 16;
    private static final int ACCEPT_QUEUE = 512;
    private static final long STOP_MILLIS = 2_000;

    private final Javalin javalin;
    private final SlowReaders readers;

    private HttpApi(Javalin javalin, SlowReaders readers) {
        this.javalin = javalin;
        this.readers = readers;
    }

    /**
     * Starts to serve.
     *
     * @param patterns reads the patterns of structural searches
     * @param meters counts requests
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use
     */
    public static HttpApi start(
            StoreClient store,
            PublishStates publishStates,
            PatternReader patterns,
            Receivers receivers,
            MeterRegistry meters,
            HttpSettings settings) {
        return start(
                Api.endpoints(store, publishStates, patterns, settings.timeout()),
                receivers,
                meters,
                settings);
    }

    /**
     * Starts to take what changes, without answering questions.
     *
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use
     */
    public static HttpApi receive(
            Receivers receivers, MeterRegistry meters, HttpSettings settings) {
        return start(List.of(), receivers, meters, settings);
    }

    private static HttpApi start(
            List<Endpoint> endpoints,
            Receivers receivers,
            MeterRegistry meters,
            HttpSettings settings) {
        RequestMetrics metrics = new RequestMetrics(meters, endpoints);
        SlowReaders readers =
                new SlowReaders(HttpSettings.WRITE_PATIENCE, HttpSettings.LEAST_BYTES_PER_SECOND);
        Javalin javalin =
                Javalin.create(
                        config -> {
                            configure(config, metrics, settings);
                            Guard guard = new Guard(settings.access(), new Audit());
                            route(config.routes, endpoints, receivers, readers, guard);
                        });
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            javalin.stop();
            readers.close();
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Port %d of %s is in use or not allowed; choose another."
                            .formatted(settings.port(), settings.host()),
                    e);
        }
        return new HttpApi(javalin, readers);
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** What is served, as method and path. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method + " " + handler.endpoint.path)
                .toList();
    }

    /** Stops listening; requests under way have two seconds to end and are cut off then. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            if (!isOnlyLate(e.getCause())) {
                throw e;
            }
        } finally {
            readers.close();
        }
    }

    /** Whether requests had to be cut off, and nothing else went wrong. */
    private static boolean isOnlyLate(@Nullable Throwable cause) {
        return cause instanceof TimeoutException late && late.getSuppressed().length == 0;
    }

    private static void configure(
            JavalinConfig config, RequestMetrics metrics, HttpSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = HttpSettings.MAX_BODY_BYTES;
        config.requestLogger.http(metrics::count);
        serve(config.jetty, metrics, settings);
        new Problems(UUID::randomUUID).addTo(config.routes);
    }

    private static void serve(JettyConfig jetty, RequestMetrics metrics, HttpSettings settings) {
        QueuedThreadPool threads =
                new QueuedThreadPool(
                        HttpSettings.MAX_REQUESTS + HttpSettings.MAX_QUEUED + SPARE_THREADS,
                        MIN_THREADS);
        threads.setName("http");
        jetty.threadPool = threads;
        jetty.modifyServer(
                server -> {
                    server.setErrorHandler(new UnreadableRequests(metrics));
                    server.setStopTimeout(STOP_MILLIS);
                });
        jetty.modifyHttpConfiguration(
                http -> {
                    http.setSendServerVersion(false);
                    http.setRequestHeaderSize(HttpSettings.MAX_HEADER_BYTES);
                    if (settings.tls() != null) {
                        // Who asks may call this machine by another name than its certificate.
                        http.addCustomizer(new SecureRequestCustomizer(false));
                    }
                    http.addCustomizer(new SecurityHeaders());
                });
        jetty.addConnector(
                (server, http) -> {
                    ServerConnector connector = connector(server, http, settings);
                    metrics.watch(connector);
                    return connector;
                });
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, HttpSettings settings) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        SSLContext tls = settings.tls();
        ServerConnector connector =
                tls == null
                        ? new ServerConnector(server, 1, 1, plain)
                        : new ServerConnector(
                                server,
                                1,
                                1,
                                AbstractConnectionFactory.getFactories(secured(tls), plain));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(HttpSettings.IDLE_TIMEOUT.toMillis());
        connector.addBean(new ConnectionLimit(connector));
        return connector;
    }

    private static SslContextFactory.Server secured(SSLContext context) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return tls;
    }

    private static void route(
            RoutesConfig routes,
            List<Endpoint> endpoints,
            Receivers receivers,
            SlowReaders readers,
            Guard guard) {
        RequestQueue requests =
                new RequestQueue(
                        HttpSettings.MAX_REQUESTS,
                        HttpSettings.MAX_QUEUED,
                        HttpSettings.QUEUE_PATIENCE);
        for (Endpoint endpoint : endpoints) {
            String path = ROOT + endpoint.path();
            Handler handler =
                    guard.needs(Permission.READ, new QueryHandler(endpoint, requests, readers));
            switch (endpoint.input()) {
                case QUERY -> routes.get(path, handler);
                case BODY -> routes.post(path, handler);
            }
        }
        if (!endpoints.isEmpty()) {
            routes.get(ROOT + OpenApiHandler.PATH, new OpenApiHandler());
        }
        routes.get(HealthHandler.PATH, new HealthHandler());
        if (receivers.pokes() != null) {
            routes.post(
                    ROOT + PokeHandler.PATH,
                    guard.needs(Permission.PUBLISH, new PokeHandler(receivers.pokes())));
        }
        if (receivers.webhooks() != null) {
            // They prove where they are from by their signatures.
            routes.post(WebhookHandler.PATH, new WebhookHandler(receivers.webhooks()));
        }
    }
}
