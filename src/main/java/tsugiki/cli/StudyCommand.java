package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code study}: each study is a word after it, with flags of its own. */
@Command(
    name = "study",
    description = {"Compares variants at one budget with several seeds, and writes the table."},
    synopsisSubcommandLabel = "STUDY",
    commandListHeading = "%nStudies:%n",
    footer = {"", "tsugiki study STUDY --help says what a study takes."},
    subcommands = {LabelStudyCommand.class})
final class StudyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "study needs the name of a study: " + String.join(", ", spec.subcommands().keySet()));
  }
}
