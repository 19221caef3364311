package tsugiki.cli;

import java.io.PrintWriter;
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

  @Mixin(name = "What is compared:")
  private final SideFlags sides = new SideFlags();

  @Mixin private NetworkOptions network;

  @Mixin(name = "What is scored:")
  private final MetricFlags metrics = new MetricFlags();

  @Mixin(name = "How --metrics lpips is measured:")
  private final LpipsFlags lpips = new LpipsFlags();

  @Mixin(name = "What is written:")
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
