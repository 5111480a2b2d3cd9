package io.tidescope.query.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page that shows how TideScope does. It holds no data and is open to all; what it shows it
 * asks the API for, with the token of whoever looks at it.
 */
final class WebUi {
    private static final String FILE = "/ui/{name}";
    private static final String RUNBOOK = "/ui/runbooks/{name}";

    private static final List<String> SCRIPTS =
            List.of("ops", "answers", "elements", "numbers", "problems", "sections");

    /** What a page of {@code docs/runbooks} may be called. */
    private static final Pattern RUNBOOK_NAME = Pattern.compile("[A-Za-z]{1,64}\\.md");

    private final Map<String, WebFile> files = new HashMap<>();

    private final SlowReaders readers;

    WebUi(SlowReaders readers) {
        this.readers = readers;
        files.put("ops", WebFile.read("ops.html", "text/html; charset=utf-8"));
        files.put("ops.css", WebFile.read("ops.css", "text/css; charset=utf-8"));
        for (String script : SCRIPTS) {
            String name = script + ".js";
            files.put(name, WebFile.read(name, "text/javascript; charset=utf-8"));
        }
    }

    void addTo(RoutesConfig routes) {
        Handler file = context -> serve(context, files.get(name(context)));
        Handler runbook = context -> serve(context, runbook(name(context)).orElse(null));
        routes.get(FILE, file);
        routes.get(RUNBOOK, runbook);
        // The library would say that all is well, and no more.
        routes.head(FILE, file);
        routes.head(RUNBOOK, runbook);
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }

    private static Optional<WebFile> runbook(String name) {
        return RUNBOOK_NAME.matcher(name).matches()
                ? WebFile.find("runbooks/" + name, "text/plain; charset=utf-8")
                : Optional.empty();
    }

    private void serve(Context context, @Nullable WebFile file) throws IOException {
        // Links of a page are relative to its path, which ends with no slash.
        if (file == null || context.path().endsWith("/")) {
            throw new NotFoundResponse();
        }
        file.handle(context, readers);
    }
}
