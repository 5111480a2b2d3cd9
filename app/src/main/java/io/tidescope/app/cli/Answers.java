package io.tidescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.util.List;

/**
 * How a command shows its answer, and what there is to say on the way.
 *
 * @param json whether the answer is for a program
 */
record Answers(CommandLine command, boolean json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Shows an answer.
     *
     * @param answer what JSON is made of
     */
    void show(Object answer, List<String> lines) throws JsonProcessingException {
        PrintWriter out = command.getOut();
        if (json) {
            out.println(JSON.writeValueAsString(answer));
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }

    /** Says something on the way; nothing where the answer is for a program. */
    void say(List<String> lines) {
        if (!json) {
            PrintWriter out = command.getOut();
            lines.forEach(out::println);
            out.flush();
        }
    }

    /** Says on standard error what is not the answer. */
    void warn(String line) {
        PrintWriter err = command.getErr();
        err.println("tidescope: " + line);
        err.flush();
    }
}
