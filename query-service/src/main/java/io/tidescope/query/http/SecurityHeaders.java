package io.tidescope.query.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

import java.util.List;

/**
 * What every answer tells browsers and caches: it is what it says it is, it loads nothing, it is
 * kept by nobody.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
    private static final List<HttpField> ALWAYS =
            List.of(
                    new HttpField("X-Content-Type-Options", "nosniff"),
                    new HttpField(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'"),
                    new HttpField("Referrer-Policy", "no-referrer"),
                    new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    /** A year. */
    private static final HttpField OVER_TLS =
            new HttpField("Strict-Transport-Security", "max-age=31536000");

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        addTo(answer);
        if (request.isSecure()) {
            answer.put(OVER_TLS);
        }
        return request;
    }

    static void addTo(HttpFields.Mutable answer) {
        ALWAYS.forEach(answer::put);
    }
}
