package io.tidescope.query.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Authentication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.io.IOException;
import java.net.InetAddress;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is around a request, whatever becomes of it: an id, which the answer carries and all that is
 * logged meanwhile, and a span where tracing is on.
 *
 * <p>The id is the caller's if it sent one that is {@linkplain #WELL_FORMED well formed}; another
 * one would be a way to write into logs. The span is part of the trace that the caller names, which
 * also decides whether it is recorded, if the caller is on this machine or proves who they are.
 * What strangers ask begins a trace of its own: they must not decide what is recorded, and how
 * much.
 */
final class RequestContext implements Filter {
    static final String HEADER = "X-Request-Id";

    /** At most 64 characters, and none that means anything anywhere. */
    static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final String REQUEST_ID = "request_id";

    /** Attribute of a request: the route that it was found to be for. */
    private static final String ROUTE = "tidescope.route";

    private static final AttributeKey<String> METHOD_KEY =
            AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE_KEY = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> PATH_KEY = AttributeKey.stringKey("url.path");
    private static final AttributeKey<Long> STATUS_KEY =
            AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ID_KEY =
            AttributeKey.stringKey("tidescope.request_id");

    /** What a span is called of a request to what there is not. */
    private static final String UNROUTED = "HTTP";

    private static final int SERVER_ERROR = 500;

    private final Tracing tracing;
    private final Access access;
    private final Supplier<UUID> ids;

    /**
     * @param access says who is no stranger
     * @param ids of requests that bring none
     */
    RequestContext(Tracing tracing, Access access, Supplier<UUID> ids) {
        this.tracing = tracing;
        this.access = access;
        this.ids = ids;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String id = id(http.getHeader(HEADER));
        answer.setHeader(HEADER, id);
        MDC.put(REQUEST_ID, id);
        try {
            if (tracing.isOn() && !http.getRequestURI().equals(HealthHandler.PATH)) {
                traced(http, answer, id, chain);
            } else {
                chain.doFilter(http, answer);
            }
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private String id(@Nullable String sent) {
        return sent != null && WELL_FORMED.matcher(sent).matches() ? sent : ids.get().toString();
    }

    private void traced(
            HttpServletRequest request, HttpServletResponse answer, String id, FilterChain chain)
            throws IOException, ServletException {
        try (ActiveSpan span =
                tracing.begin(UNROUTED, SpanKind.SERVER, TraceParent.read(traceParent(request)))) {
            span.set(METHOD_KEY, request.getMethod())
                    .set(PATH_KEY, request.getRequestURI())
                    .set(ID_KEY, id);
            try {
                chain.doFilter(request, answer);
            } finally {
                end(span, request, answer);
            }
        }
    }

    private @Nullable String traceParent(HttpServletRequest request) {
        String sent = request.getHeader(TraceParent.NAME);
        return sent != null
                        && mayDecide(
                                request.getRemoteAddr(), request.getHeader("Authorization"), access)
                ? sent
                : null;
    }

    /** Whether who asks may say which trace a request belongs to. */
    static boolean mayDecide(String remote, @Nullable String authorization, Access access) {
        if (access.isOpen()) {
            return InetAddress.ofLiteral(remote).isLoopbackAddress();
        }
        try {
            // Whoever comes from this machine may come through a proxy on it.
            return access.authenticate(authorization) instanceof Authentication.Granted;
        } catch (TideScopeException e) {
            return false; // nobody can tell now; whoever answers says so
        }
    }

    private static void end(
            ActiveSpan span, HttpServletRequest request, HttpServletResponse answer) {
        if (request.getAttribute(ROUTE) instanceof String route) {
            // A method that has a route is one of few; others are of the caller's making.
            span.rename(request.getMethod() + ' ' + route);
            span.set(ROUTE_KEY, route);
        }
        span.set(STATUS_KEY, (long) answer.getStatus());
        if (answer.getStatus() >= SERVER_ERROR) {
            span.fail("status " + answer.getStatus());
        }
    }

    /** Says which of the routes there are a request was found to be for. */
    static void routed(HttpServletRequest request, String route) {
        request.setAttribute(ROUTE, route);
    }
}
