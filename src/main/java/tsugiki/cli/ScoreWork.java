package tsugiki.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.model.FrozenNetwork;
import tsugiki.score.ClassProbabilities;
import tsugiki.score.ClassTable;
import tsugiki.score.GaussianStatistics;
import tsugiki.score.LpipsImages;
import tsugiki.score.Metric;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreSheet;
import tsugiki.score.ScoreSide;
import tsugiki.score.Scoring;
import tsugiki.score.StatisticsFile;

/** One call of the verb {@code score}: its steps, between the inputs and the files written. */
final class ScoreWork {
  private final ScoreOptions options;
  private final Optional<ScoreInput> real;
  private final Optional<ScoreInput> generated;
  private final ScoreNetwork network;
  private final Scoring scoring;
  private ScoreSide realSide;
  private ClassProbabilities classes;

  /** Inputs that were not given are null. */
  ScoreWork(ScoreOptions options, ScoreInput real, ScoreInput generated, ScoreNetwork network) {
    this.options = options;
    this.real = Optional.ofNullable(real);
    this.generated = Optional.ofNullable(generated);
    this.network = network;
    scoring = new Scoring(options);
    Stream.of(this.real, this.generated)
        .flatMap(Optional::stream)
        .forEach(input -> input.leftOut().ifPresent(scoring::note));
  }

  /**
   * Refuses outputs that these inputs and metrics do not lead to.
   *
   * @param pairs whether the picture of pairs is wanted
   * @param table whether the classes' table is wanted
   */
  void check(boolean pairs, boolean table) {
    if (pairs) {
      images(real, "--real", "--pairs-out");
      images(generated, "--generated", "--pairs-out");
      if (!options.wants(Metric.MEMORISED)) {
        throw new BadInputException(
            "--pairs-out shows what the metric memorised finds; add it to --metrics");
      }
    }
    if (table && !options.wantsClasses()) {
      throw new BadInputException(
          "--probabilities-out needs class probabilities; add is or class-score to --metrics");
    }
  }

  /**
   * Compares the sides' features, where both are given.
   *
   * @param statisticsWanted whether the real side is wanted even without the other
   */
  void compareFeatures(boolean statisticsWanted) {
    boolean both = real.isPresent() && generated.isPresent();
    if (!both && options.insistsOnFeatures()) {
      throw new BadInputException(
          "--metrics %s compares two sides; give --real and --generated"
              .formatted(String.join(",", options.words())));
    }
    if (real.isPresent() && !both && !statisticsWanted) {
      throw new BadInputException(
          "--real %s is given and nothing to compare with it; give --generated, or --save-statistics"
              .formatted(real.get().path()));
    }
    boolean compared = both && options.wantsFeatures();
    if (compared || statisticsWanted) {
      boolean suffice = options.statisticsSuffice() || !compared;
      realSide = real.get().side(network::stream, suffice);
      if (compared) {
        noteSizes();
        ScoreSide other = generated.get().side(network::stream, suffice);
        scoring.compare(realSide, other, network.protocol());
      }
    }
  }

  private void noteSizes() {
    if (real.get().images().isEmpty() || generated.get().images().isEmpty()) {
      return;
    }
    RgbImage training = real.get().images().get().read(0);
    RgbImage sample = generated.get().images().get().read(0);
    if (training.width() != sample.width() || training.height() != sample.height()) {
      scoring.note(
          "The first images have %d×%d (real) and %d×%d pixels: each is resized by itself, which leaves them unequally sharp, and the figures see that; bring both sides to one size."
              .formatted(training.width(), training.height(), sample.width(), sample.height()));
    }
  }

  /** Scores class probabilities, from the file or from the network. */
  void scoreClasses(Optional<Path> file, List<String> names) {
    if (file.isPresent()) {
      classes =
          new ClassProbabilities(
              ScoreInput.features(file.get()),
              ClassProbabilities.INCEPTION,
              names,
              List.of(),
              "probabilities in " + file.get());
      scoring.classes(classes);
      return;
    }
    Optional<ImageSource> images = generated.flatMap(ScoreInput::images);
    if (images.isPresent() && options.wantsClasses()) {
      scoring.score(
          options.insistsOn(Metric.CLASS_SCORE) ? Metric.CLASS_SCORE : Metric.IS,
          () -> {
            classes = network.classes(images.get(), names);
            scoring.classes(classes);
          });
    } else if (options.insistsOn(Metric.IS) || options.insistsOn(Metric.CLASS_SCORE)) {
      throw new BadInputException(
          "--metrics is needs class probabilities; give --probabilities, or images as --generated");
    }
  }

  /** Compares images by their insides, which is asked for by name alone. */
  void compareInsides() {
    if (options.insistsOn(Metric.SIFID)) {
      network.singleImages(
          images(real, "--real", "--metrics sifid"),
          images(generated, "--generated", "--metrics sifid"),
          scoring);
    }
  }

  /** Measures how different the generated images are, which is asked for by name alone. */
  void measureDiversity(LpipsFlags flags) {
    if (options.insistsOn(Metric.LPIPS)) {
      ImageSource samples = images(generated, "--generated", "--metrics lpips");
      Optional<ImageSource> training = real.flatMap(ScoreInput::images);
      FrozenNetwork distance = flags.network();
      try (LpipsImages lpips =
              new LpipsImages(
                  distance,
                  flags.images(),
                  options.seed(),
                  tsugiki.runtime.Sessions.Settings.cpu());
          ImageBar bar = new ImageBar("distances", lpips.distances(samples, training))) {
        scoring.diversity(lpips.of(samples, training, bar::step), distance.protocol());
      }
    }
  }

  ScoreSheet sheet() {
    return scoring.sheet();
  }

  void writeStatistics(Path file) {
    GaussianStatistics statistics = realSide.statistics();
    AtomicFile.write(file, out -> StatisticsFile.write(out, statistics));
  }

  void writePairs(Path file) {
    ImageSource training = images(real, "--real", "--pairs-out");
    ImageSource samples = images(generated, "--generated", "--pairs-out");
    if (scoring.closestPairs().isEmpty()) {
      throw new BadInputException(
          "--pairs-out has no pairs to show: %s holds too few images; give at least 2"
              .formatted(training));
    }
    PairsPicture.write(file, samples, training, scoring.closestPairs());
  }

  void writeClasses(OutputFile file) {
    if (classes == null) {
      throw new BadInputException(
          "--probabilities-out needs class probabilities, which this network does not give; name another, or give --probabilities");
    }
    if (file.endsWith(".npy")) {
      AtomicFile.write(file.path(), out -> ClassTable.writeNumpy(out, classes));
    } else if (file.endsWith(".csv")) {
      AtomicFile.write(file.path(), out -> ClassTable.writeCsv(out, classes));
    } else {
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      AtomicFile.write(
          file.path(), out -> out.write(json.writeValueAsBytes(ClassTable.rows(classes))));
    }
  }

  private static ImageSource images(Optional<ScoreInput> side, String flag, String what) {
    return side.flatMap(ScoreInput::images)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s needs images; give a folder, a zip or an image as %s"
                        .formatted(what, flag)));
  }
}
