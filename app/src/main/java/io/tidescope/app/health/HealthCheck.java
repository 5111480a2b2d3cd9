package io.tidescope.app.health;

import java.util.List;

/**
 * Tries whether a component does its work. Called by one thread at a time; may take as long as it
 * likes, which those who ask are not held up by.
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * Why it does not do its work, in one line each; none when it does.
     *
     * @throws Exception when the attempt failed, with a message for an operator
     */
    List<String> problems() throws Exception;
}
