package io.tidescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.role.ArchiveStore;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.object.ObjectStore;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.List;

/**
 * What every command about backups takes: the configuration of the deployment's archiver, and how
 * to show the answer.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class ArchiveOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--json", description = "Show the answer as JSON.")
    private boolean json;

    /** What is done with an archive while it is open. */
    interface Work {
        /** Returns the exit code. */
        int on(Archive archive, ArchiverConfiguration configuration) throws Exception;
    }

    /** What is done with the store that has an archive while it is open. */
    interface StoreWork {
        /** Returns the exit code. */
        int on(ObjectStore store, ArchiverConfiguration configuration) throws Exception;
    }

    int open(Work work) throws Exception {
        return openStore((store, configuration) -> work.on(new Archive(store), configuration));
    }

    int openStore(StoreWork work) throws Exception {
        ArchiverConfiguration configuration = options.configuration().archiver();
        try (ObjectStore store = ArchiveStore.open(configuration.archive())) {
            return work.on(store, configuration);
        }
    }

    /** As {@link Answers#show}. */
    void show(Object answer, List<String> lines) throws JsonProcessingException {
        answers().show(answer, lines);
    }

    /** As {@link Answers#say}. */
    void say(List<String> lines) {
        answers().say(lines);
    }

    /** As {@link Answers#warn}. */
    void warn(String line) {
        answers().warn(line);
    }

    private Answers answers() {
        return new Answers(command.commandLine(), json);
    }
}
