package io.tidescope.app.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child process runs.
 *
 * @param name for people and logs, such as {@code the broker}
 * @param command the command line
 * @param errors file that gets its standard error: what the JVM itself has to say
 * @param log file that says why it ended
 */
public record ChildCommand(String name, List<String> command, Path errors, Path log) {
    public ChildCommand {
        command = List.copyOf(command);
    }

    /**
     * As it is run: a terminal sends Ctrl-C to the whole group, but the parent ends its children.
     */
    List<String> shielded() {
        List<String> shielded = new ArrayList<>();
        shielded.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "tidescope-child"));
        shielded.addAll(command);
        return shielded;
    }
}
