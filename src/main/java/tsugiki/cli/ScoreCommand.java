package tsugiki.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.AtomicFile;
import tsugiki.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.score.ClassProbabilities;
import tsugiki.score.ClassTable;
import tsugiki.score.GaussianStatistics;
import tsugiki.score.Metric;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreSheet;
import tsugiki.score.ScoreSide;
import tsugiki.score.Scoring;
import tsugiki.score.StatisticsFile;

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
  private final ScoreFlags.Sides sides = new ScoreFlags.Sides();

  @Mixin private NetworkOptions network;

  @ArgGroup(validate = false, heading = "%nWhat is scored:%n")
  private final ScoreFlags.Metrics metrics = new ScoreFlags.Metrics();

  @ArgGroup(validate = false, heading = "%nWhat is written:%n")
  private final ScoreFlags.Outputs outputs = new ScoreFlags.Outputs();

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    sides.check();
    outputs.check();
    network.check();
    ScoreOptions options = metrics.options();
    try (ScoreInput real = sides.real().map(ScoreInput::open).orElse(null);
        ScoreInput generated = sides.generated().map(ScoreInput::open).orElse(null);
        ScoreNetwork features = new ScoreNetwork(network)) {
      new Work(options, real, generated, features).run();
    }
  }

  /** One call's inputs, open, and what becomes of them. */
  private final class Work {
    private final ScoreOptions options;
    private final Scoring scoring;
    private final Optional<ScoreInput> real;
    private final Optional<ScoreInput> generated;
    private final ScoreNetwork features;

    Work(ScoreOptions options, ScoreInput real, ScoreInput generated, ScoreNetwork features) {
      this.options = options;
      this.scoring = new Scoring(options);
      this.real = Optional.ofNullable(real);
      this.generated = Optional.ofNullable(generated);
      this.features = features;
    }
  }
}
