package io.tidescope.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.query.PublishStates;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Permission;
import io.tidescope.query.admin.AdminEndpoints;
import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.RequestJournal;
import io.tidescope.query.api.Api;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.api.QueryStart;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.tree.match.PatternReader;

import jakarta.servlet.DispatcherType;

import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

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
    private static final int SPARE_THREADS =
            16 + HttpSettings.MAX_WEBHOOKS + HttpSettings.MAX_QUEUED_WEBHOOKS;
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
     * @param sources whom troubleshooting asks
     * @param meters counts requests
     * @param tracing makes a span of each request
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use
     */
    public static HttpApi start(
            StoreClient store,
            PublishStates publishStates,
            PatternReader patterns,
            AdminSources sources,
            Receivers receivers,
            MeterRegistry meters,
            HttpSettings settings,
            Tracing tracing) {
        RequestJournal journal = new RequestJournal(InstantSource.system());
        QueryStart start = QueryStart.over(store, publishStates, settings.timeout());
        List<Endpoint> endpoints =
                Stream.of(
                                Api.endpoints(start, patterns),
                                AdminEndpoints.all(start, journal, sources))
                        .flatMap(List::stream)
                        .toList();
        return start(
                endpoints,
                receivers,
                new RequestMetrics(meters, endpoints, journal),
                settings,
                tracing);
    }

    /**
     * Starts to take what changes, without answering questions.
     *
     * @param tracing makes a span of each request
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use
     */
    public static HttpApi receive(
            Receivers receivers, MeterRegistry meters, HttpSettings settings, Tracing tracing) {
        RequestJournal unread = new RequestJournal(InstantSource.system());
        return start(
                List.of(),
                receivers,
                new RequestMetrics(meters, List.of(), unread),
                settings,
                tracing);
    }

    private static HttpApi start(
            List<Endpoint> endpoints,
            Receivers receivers,
            RequestMetrics metrics,
            HttpSettings settings,
            Tracing tracing) {
        SlowReaders readers =
                new SlowReaders(HttpSettings.WRITE_PATIENCE, HttpSettings.LEAST_BYTES_PER_SECOND);
        Javalin javalin =
                Javalin.create(
                        config -> {
                            configure(config, metrics, settings);
                            surround(
                                    config.jetty,
                                    new RequestContext(
                                            tracing, settings.access(), UUID::randomUUID));
                            Audit audit = new Audit(InstantSource.system());
                            Guard guard = new Guard(settings.access(), audit);
                            route(config.routes, endpoints, receivers, readers, guard, audit);
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

    /** What is served, as method and path; HEAD, which is GET without its content, left out. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(handler -> handler.endpoint.method != HandlerType.HEAD)
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

    /** Around all that is routed, and what comes of what is not. */
    private static void surround(JettyConfig jetty, RequestContext around) {
        jetty.modifyServletContextHandler(
                handler ->
                        handler.addFilter(
                                new FilterHolder(around),
                                "/*",
                                EnumSet.of(DispatcherType.REQUEST)));
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
                    http.setIdleTimeout(HttpSettings.STANDSTILL.toMillis());
                    if (settings.tls() != null) {
                        // Who asks may call this machine by another name than its certificate.
                        http.addCustomizer(new SecureRequestCustomizer(false));
                    }
                    http.addCustomizer(new SecurityHeaders());
                });
        jetty.addConnector(
                (server, http) -> {
                    ServerConnector connector = connector(server, http, settings);
                    connector.addBean(
                            new SlowRequests(
                                    connector, HttpSettings.HEADER_PATIENCE, metrics::countHungUp));
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
            Guard guard,
            Audit audit) {
        RequestQueue requests =
                new RequestQueue(
                        HttpSettings.MAX_REQUESTS,
                        HttpSettings.MAX_QUEUED,
                        HttpSettings.CALLERS,
                        HttpSettings.QUEUE_PATIENCE);
        for (Endpoint endpoint : endpoints) {
            String path = ROOT + endpoint.path();
            Handler answer = new QueryHandler(endpoint, requests, readers);
            Handler handler =
                    endpoint.isAdmin()
                            ? guard.administers(answer)
                            : guard.needs(Permission.READ, answer);
            switch (endpoint.input()) {
                case QUERY -> {
                    routes.get(path, handler);
                    // The library would say by itself, and to everybody, that all is well.
                    routes.head(path, handler);
                }
                case BODY -> routes.post(path, handler);
            }
        }
        if (!endpoints.isEmpty()) {
            routes.get(ROOT + OpenApiHandler.PATH, new OpenApiHandler(readers));
            new WebUi(readers).addTo(routes);
        }
        routes.get(HealthHandler.PATH, new HealthHandler());
        if (receivers.pokes() != null) {
            routes.post(
                    ROOT + PokeHandler.PATH,
                    guard.needs(Permission.PUBLISH, new PokeHandler(receivers.pokes())));
        }
        if (receivers.webhooks() != null) {
            // They prove where they are from by their signatures.
            routes.post(
                    WebhookHandler.PATH,
                    new WebhookHandler(
                            receivers.webhooks(),
                            audit,
                            new RequestQueue(
                                    HttpSettings.MAX_WEBHOOKS,
                                    HttpSettings.MAX_QUEUED_WEBHOOKS,
                                    HttpSettings.CALLERS,
                                    HttpSettings.QUEUE_PATIENCE)));
        }
    }
}
