package tsugiki.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.cluster.BulkOptions;
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
  private final FlagSection sideFlags = new FlagSection("score", SideFlags.FLAGS);

  @Mixin(name = "A model that draws the generated images:")
  private final FlagSection drawnFlags = new FlagSection("score", DrawnFlags.FLAGS);

  @Mixin private NetworkOptions network;

  @Mixin(name = "What is scored:")
  private final MetricFlags metrics = new MetricFlags();

  @Mixin(name = "How --metrics lpips is measured:")
  private final FlagSection lpips =
      new FlagSection("score", NetworkOptions.FLAGS.only("lpips"))
          .and("", MetricFlags.FLAGS.only("lpipsImages"));

  @Mixin(name = "What is written:")
  private final FlagSection fileFlags = new FlagSection("score", ScoreFiles.FLAGS);

  @Mixin(name = "On a Spark cluster:")
  private final BulkFlags bulk = new BulkFlags();

  @Mixin private ResultOptions result;

  private SideFlags sides;
  private DrawnFlags drawn;
  private ScoreFiles files;
  private ScoreOptions options;

  @Override
  public void run() {
    sides = SideFlags.FLAGS.read(spec);
    drawn = DrawnFlags.FLAGS.read(spec);
    files = ScoreFiles.FLAGS.read(spec);
    options = metrics.options(spec).withKeepProbabilities(files.probabilitiesOut() != null);
    sides.check(spec, drawn.given(), files.saveStatistics() != null);
    files.check(sides, drawn, options);
    BulkOptions spread = bulk.options();
    ScoreNetwork named = network.network(spec).withClassNames(sides.readClassNames());
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
      try (SpreadFeatures features = new SpreadFeatures(spread, named, network.named());
          Scoring scoring =
              new Scoring(
                  training,
                  named.withPipeline(features.of(named.pipeline().withSession(session))),
                  options,
                  new Progress())) {
        if (drawn.given()) {
          scoreModel(scoring, training, session, features);
        } else {
          result.write(score(scoring, training, samples).sheet().json());
        }
      }
    }
  }

  private ScoreResult score(
      Scoring scoring, Optional<ScoreInput> real, Optional<ScoreInput> generated) {
    files.check(real, generated);
    if (files.saveStatistics() != null && generated.isEmpty()) {
      scoring.realStatistics();
    }
    ScoreResult scores = scoring.score(generated, sides.readProbabilities());
    files.write(scoring, scores, real, generated);
    result.print("%s", scores.sheet().table().stripTrailing());
    files.written().forEach(file -> result.print("%s is written", file));
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

  private void scoreModel(
      Scoring scoring,
      Optional<ScoreInput> real,
      Sessions.Settings session,
      SpreadFeatures features) {
    Map<String, Map<String, Object>> scores = new LinkedHashMap<>();
    List<Double> limits = drawn.limits();
    try (LoadedGenerator generator = LoadedGenerator.open(drawn.folder(), session)) {
      for (double truncation : limits) {
        String word = DrawnFlags.word(truncation);
        ScoreInput images = drawn.images(generator, truncation, options.seed());
        features.describe(images, drawn, truncation, options.seed());
        result.print("Truncation %s", word);
        scores.put(word, score(scoring, real, Optional.of(images)).sheet().json());
      }
    }
    result.write(
        new Result(
            drawn.folder().toString(),
            drawn.count(),
            options.seed(),
            limits.stream().map(t -> Double.isFinite(t) ? t : null).toList(),
            scores));
  }
}
