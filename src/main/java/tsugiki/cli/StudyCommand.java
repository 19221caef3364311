package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code study}: each study is a subcommand with its own flags. */
@Command(
    name = "study",
    description = {
      "Compares variants at one budget with several seeds, and writes tables and charts."
    },
    synopsisSubcommandLabel = "STUDY",
    commandListHeading = "%nStudies:%n",
    footer = {"", "tsugiki study STUDY --help lists the flags of a study."},
    subcommands = {
      GraftStudyCommand.class,
      LabelStudyCommand.class,
      ActivationStudyCommand.class,
      AugmentationStudyCommand.class
    })
final class StudyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "study needs the name of a study: " + String.join(", ", spec.subcommands().keySet()));
  }
}
