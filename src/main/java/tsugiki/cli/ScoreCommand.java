package tsugiki.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreNetwork;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreResult;
import tsugiki.score.Scoring;

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

  @Mixin(name = "A model that draws the generated images:")
  private final DrawnFlags drawn = new DrawnFlags();

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
    sides.check(drawn.given(), outputs.savesStatistics());
    drawn.check();
    outputs.check(sides, drawn);
    network.check();
    ScoreOptions options = outputs.forFiles(metrics.options().withLpipsImages(lpips.images()));
    try (ScoreInput real = sides.openReal().orElse(null);
        ScoreInput generated = sides.openGenerated().orElse(null)) {
      Optional<ScoreInput> training = Optional.ofNullable(real);
      Optional<ScoreInput> samples = Optional.ofNullable(generated);
      boolean runs =
          drawn.given()
              || training.flatMap(ScoreInput::images).isPresent()
              || samples.flatMap(ScoreInput::images).isPresent();
      // Without images nothing runs, and a missing GPU is nothing to speak of.
      Sessions.Settings session = runs ? network.device() : Sessions.Settings.cpu();
      ScoreNetwork judge =
          network.forScores(session).withLpips(lpips.network()).withClassNames(sides.classNames());
      try (Scoring scoring = new Scoring(training, judge, options, new ScoreBar())) {
        if (drawn.given()) {
          scoreModel(scoring, training, session);
        } else {
          result.write(score(scoring, training, samples).sheet().json());
        }
      }
    }
  }

  private ScoreResult score(
      Scoring scoring, Optional<ScoreInput> real, Optional<ScoreInput> generated) {
    outputs.check(real, generated);
    if (outputs.savesStatistics() && generated.isEmpty()) {
      scoring.realStatistics();
    }
    ScoreResult scores = scoring.score(generated, sides.readProbabilities());
    outputs.write(scoring, scores, real, generated);
    PrintWriter out = spec.commandLine().getOut();
    out.print(scores.sheet().table());
    out.flush();
    return scores;
  }

  /**
   * What {@code --json} holds of a model.
   *
   * @param model the SavedModel's folder
   * @param count images of each truncation
   * @param seed of the first image
   * @param truncation the limits of the latent vector's entries; null for none
   * @param scores one object per truncation, by its word
   */
  record Result(
      String model,
      int count,
      long seed,
      List<Double> truncation,
      Map<String, Map<String, Object>> scores) {}

  private void scoreModel(Scoring scoring, Optional<ScoreInput> real, Sessions.Settings session) {
    Map<String, Map<String, Object>> scores = new LinkedHashMap<>();
    try (LoadedGenerator generator = LoadedGenerator.open(drawn.folder(), session)) {
      for (double truncation : drawn.truncations()) {
        String word = DrawnFlags.word(truncation);
        ScoreInput images = drawn.images(generator, truncation, metrics.seed());
        spec.commandLine().getOut().printf("Truncation %s%n", word);
        scores.put(word, score(scoring, real, Optional.of(images)).sheet().json());
      }
    }
    result.write(
        new Result(
            drawn.folder().toString(),
            drawn.count(),
            metrics.seed(),
            drawn.truncations().stream().map(t -> Double.isFinite(t) ? t : null).toList(),
            scores));
  }
}
