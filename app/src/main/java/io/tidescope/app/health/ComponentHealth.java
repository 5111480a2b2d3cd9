package io.tidescope.app.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * What a look at a component found.
 *
 * @param reasons why it does not do its work, in one line each; none when it does
 * @param millis how long the look took
 */
public record ComponentHealth(List<String> reasons, long millis) {
    public ComponentHealth {
        reasons = List.copyOf(reasons);
    }

    @JsonIgnore
    public boolean isUp() {
        return reasons.isEmpty();
    }

    /** {@code up} or {@code down}. */
    @JsonProperty(index = 0)
    public String status() {
        return isUp() ? "up" : "down";
    }
}
