package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.QueryClient;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.util.Map;

/** Asks until everything answers: a store takes a moment to, after its start and when it moves. */
final class CompleteAnswers {
    private static final Duration LOOK = Duration.ofMillis(150);

    private final QueryClient client;
    private final Runnable goingOn;

    /**
     * @param goingOn throws when something failed without which there is nothing to wait for
     */
    CompleteAnswers(QueryClient client, Runnable goingOn) {
        this.client = client;
        this.goingOn = goingOn;
    }

    /**
     * The answer when it is complete.
     *
     * @throws TideScopeException what another question would be refused with, too
     */
    JsonNode ask(String path, Map<String, String> parameters) throws InterruptedException {
        while (true) {
            try {
                JsonNode answer = client.ask(path, parameters).json();
                if (answer.path("complete").asBoolean()) {
                    return answer;
                }
            } catch (TideScopeException e) {
                switch (e.code().category()) {
                    case RETRIABLE -> {}
                    case USER, CORRUPTION, BUG -> throw e;
                }
            }
            goingOn.run();
            Thread.sleep(LOOK);
        }
    }
}
