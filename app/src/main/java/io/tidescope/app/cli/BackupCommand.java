package io.tidescope.app.cli;

import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Upkeep;
import io.tidescope.recovery.archive.Validation;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.InstantSource;

/** Looks after the backups of a deployment; archivers make them, and so can this. */
@Command(
        name = "backup",
        description = "Makes, lists, checks and deletes backups of a deployment.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = BackupCreateCommand.class)
final class BackupCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = "Backups that are there, and what times can be restored.")
    int list(@Mixin ArchiveOptions options) throws Exception {
        return options.open(
                (archive, _) -> {
                    BackupsView.Listing listing = BackupsView.of(archive);
                    options.show(listing, BackupsView.lines(listing));
                    return CommandLine.ExitCode.OK;
                });
    }

    @Command(mixinStandardHelpOptions = true, description = "What a backup has, and of what.")
    int show(
            @Mixin ArchiveOptions options,
            @Parameters(
                            paramLabel = "BACKUP",
                            converter = BackupNumber.Converter.class,
                            description = BackupNumber.FORM)
                    BackupNumber backup)
            throws Exception {
        return options.open(
                (archive, _) -> {
                    Manifest manifest = archive.read(backup.in(archive));
                    options.show(manifest, BackupView.lines(manifest));
                    return CommandLine.ExitCode.OK;
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Reads all of a backup and of those that it builds on, and says what is wrong.",
                "Ends with 1 when it cannot be restored."
            })
    int validate(
            @Mixin ArchiveOptions options,
            @Parameters(
                            paramLabel = "BACKUP",
                            converter = BackupNumber.Converter.class,
                            description = BackupNumber.FORM)
                    BackupNumber backup)
            throws Exception {
        return options.open(
                (archive, _) -> {
                    Validation.Outcome outcome = new Validation(archive).run(backup.in(archive));
                    options.show(outcome, BackupView.lines(outcome));
                    return outcome.isSound()
                            ? CommandLine.ExitCode.OK
                            : CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Deletes a backup that no other one builds on, and what nothing needs any more.",
                "Archivers delete by themselves what is older than backup.retention."
            })
    int delete(
            @Mixin ArchiveOptions options,
            @Parameters(
                            paramLabel = "BACKUP",
                            converter = BackupNumber.Converter.class,
                            description = BackupNumber.FORM)
                    BackupNumber backup)
            throws Exception {
        return options.open(
                (archive, _) -> {
                    Upkeep.Removed removed =
                            new Upkeep(archive, InstantSource.system()).remove(backup.in(archive));
                    options.show(removed, BackupView.lines(removed));
                    return CommandLine.ExitCode.OK;
                });
    }
}
