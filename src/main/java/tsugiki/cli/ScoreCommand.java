package tsugiki.cli;

import java.io.PrintWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreSheet;

/** The verb {@code score}. */
@Command(
    name = "score",
    description = {
      "Scores generated images against real ones. Every figure comes with how it was made and with"
          + " what limits it."
    },
    sortOptions = false)
final class ScoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nWhat is compared:%n")
  private final SideFlags sides = new SideFlags();

  @Mixin private NetworkOptions network;

  @ArgGroup(validate = false, heading = "%nWhat is scored:%n")
  private final MetricFlags metrics = new MetricFlags();

  @ArgGroup(validate = false, heading = "%nHow --metrics lpips is measured:%n")
  private final LpipsFlags lpips = new LpipsFlags();

  @ArgGroup(validate = false, heading = "%nWhat is written:%n")
  private final ScoreOutputFlags outputs = new ScoreOutputFlags();

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    sides.check();
    outputs.check(sides);
    network.check();
    lpips.check();
    ScoreOptions options = metrics.options();
    try (ScoreInput real = sides.real().map(ScoreInput::open).orElse(null);
        ScoreInput generated = sides.generated().map(ScoreInput::open).orElse(null);
        ScoreNetwork opened = new ScoreNetwork(network)) {
      ScoreWork work = new ScoreWork(options, real, generated, opened);
      work.check(outputs.pairs().isPresent(), outputs.probabilities().isPresent());
      work.compareFeatures(outputs.statistics().isPresent());
      work.scoreClasses(sides.probabilities(), sides.classNames());
      work.compareInsides();
      work.measureDiversity(lpips);
      ScoreSheet sheet = work.sheet();
      outputs.statistics().ifPresent(file -> work.writeStatistics(file.path()));
      outputs.pairs().ifPresent(file -> work.writePairs(file.path()));
      outputs.probabilities().ifPresent(work::writeClasses);
      PrintWriter out = spec.commandLine().getOut();
      out.print(sheet.table());
      out.flush();
      result.write(sheet.json());
    }
  }
}
