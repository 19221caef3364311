package tsugiki.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tsugiki.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.data.NumpyFile;
import tsugiki.data.StatelessRandom;
import tsugiki.exchange.FeatureModel;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.LabelOptions;
import tsugiki.gan.LabelOptions.Source;
import tsugiki.gan.TrainingLabels;
import tsugiki.gan.Unlabelled;
import tsugiki.train.RunDirectory;

/**
 * The labels that a GAN is trained with. What a feature network has said is kept in the run, so
 * that a resumed run has the same labels though the network may be gone or trained anew: {@code
 * labels.csv}, for soft labels {@code label-probabilities.npy}, for clusters {@code
 * cluster-centres.npy}.
 */
public final class GanLabels {
  private static final String LABELS = "labels.csv";
  private static final String PROBABILITIES = "label-probabilities.npy";
  private static final String CENTRES = "cluster-centres.npy";

  private final GanRunOptions options;
  private final GanRun.Input folders;
  private final GivenLabels given;
  private final int count;
  private final Path earlier;
  private Said said;

  /**
   * What a feature network has said of every image.
   *
   * @param labels [N]
   * @param probabilities [N, C], or null
   * @param centres of the clusters [C, D], or null
   */
  private record Said(int[] labels, float[] probabilities, float[] centres) {}

  private GanLabels(
      GanRunOptions options, GanRun.Input folders, GivenLabels given, int count, Path earlier) {
    this.options = options;
    this.folders = folders;
    this.given = given;
    this.count = count;
    this.earlier = earlier;
  }

  /**
   * Finds images, labels and networks without TensorFlow's library.
   *
   * @param run a run to go on with, whose labels are taken where it has kept some; null for a new
   *     one
   * @throws BadInputException if something is not there or cannot be used
   */
  public static GanLabels open(GanRunOptions options, Path run) {
    GanRun.Input folders = GanRun.Input.open(options);
    GivenLabels given = GivenLabels.of(options.labels(), folders.images());
    Path earlier = run != null && Files.exists(run.resolve(LABELS)) ? run : null;
    if (earlier != null) {
      return new GanLabels(
          options, folders, given, count(options.labels(), folders.images()), earlier);
    }
    if (predicts(options)) {
      refuseOtherClasses(options.labels(), given.classNames());
    } else if (!options.labels().features().isEmpty()) {
      FeatureModel.classNames(network(options.labels()));
    }
    return new GanLabels(options, folders, given, count(options.labels(), folders.images()), null);
  }

  private static boolean predicts(GanRunOptions options) {
    return options.training().supervision().unlabelled() == Unlabelled.PREDICT;
  }

  private static Path network(LabelOptions options) {
    return Path.of(options.features());
  }

  private static void refuseOtherClasses(LabelOptions options, List<String> classNames) {
    List<String> told = FeatureModel.classNames(network(options));
    if (told.size() != classNames.size() || !told.containsAll(classNames)) {
      throw new BadInputException(
          "--features %s tells %d classes, which are not the %d of the data; train it on the same --data, --classes and --labels"
              .formatted(options.features(), told.size(), classNames.size()));
    }
  }

  private static int count(LabelOptions options, ImageSet images) {
    int folders = images.classNames().size();
    int count = options.labelCount() > 0 ? options.labelCount() : folders;
    boolean made = options.source() != Source.SINGLE && !given(options);
    if (made && count == 1 && options.labelCount() == 0) {
      throw new BadInputException(
          "--labels %s needs a number of labels, since the data has one folder; give --label-count"
              .formatted(options.labels()));
    }
    if (options.source() == Source.CLUSTER && count > images.count()) {
      throw new BadInputException(
          "--label-count is %d and there are %d images; give at most that many"
              .formatted(count, images.count()));
    }
    return count;
  }

  private static boolean given(LabelOptions options) {
    return options.source() == Source.ALL || options.partial();
  }

  /** What was found, in words. */
  public String summary() {
    int images = folders.images().count();
    return given(options.labels())
        ? "%d images of %d classes, %d of them labelled"
            .formatted(images, given.classNames().size(), given.labelled().length)
        : "%d images, --labels %s".formatted(images, options.labels().labels());
  }

  /** Makes the labels, asking the feature network where one is needed and nothing was kept. */
  public GanRun.Input resolve() {
    ImageSet images = folders.images();
    return switch (options.labels().source()) {
      case ALL, SHARE, FILE -> given(images);
      case SINGLE -> made(new int[images.count()], List.of("all"));
      case RANDOM -> made(drawn(), numbered("label", count));
      case RANDOM_EACH_EPOCH -> {
        TrainingLabels labels = TrainingLabels.hard(drawn(), numbered("label", count));
        yield folders.labelled(
            images, labels.redrawnEachEpoch(options.training().seed()), Map.of());
      }
      case CLUSTER -> clustered(images);
    };
  }

  /** Keeps in a run what a feature network has said, where that is not kept there already. */
  public void write(RunDirectory run) {
    if (said == null || earlier != null) {
      return;
    }
    try {
      if (said.probabilities() != null) {
        NumpyFile.write(
            run.resolve(PROBABILITIES),
            said.probabilities(),
            said.labels().length,
            given.classNames().size());
      }
      if (said.centres() != null) {
        NumpyFile.write(run.resolve(CENTRES), said.centres(), count, said.centres().length / count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Last, since its presence says that all is there.
    LabelFile.write(run.resolve(LABELS), folders.images(), said.labels(), names());
  }

  private List<String> names() {
    return options.labels().source() == Source.CLUSTER
        ? numbered("cluster", count)
        : given.classNames();
  }

  private GanRun.Input given(ImageSet images) {
    int[] known = given.labelled();
    if (predicts(options)) {
      return predicted(images);
    }
    int[] labels = given.labels().clone();
    if (options.training().supervision().unlabelled() == Unlabelled.DROP) {
      int[] kept = Arrays.stream(known).map(i -> labels[i]).toArray();
      return folders.labelled(
          images.select(known), TrainingLabels.hard(kept, given.classNames()), Map.of());
    }
    boolean[] mask = new boolean[labels.length];
    Arrays.stream(known).forEach(i -> mask[i] = true);
    // A hidden label stays for measuring; where nobody knows it, any number stands for it.
    Arrays.setAll(
        labels, i -> mask[i] ? labels[i] : given.truth().length > 0 ? given.truth()[i] : 0);
    return folders.labelled(
        images, TrainingLabels.hard(labels, given.classNames()).knownOnly(mask), Map.of());
  }

  private GanRun.Input predicted(ImageSet images) {
    said = kept();
    if (said == null) {
      said = asked(images);
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    int[] judged = given.judged();
    if (judged.length > 0) {
      long wrong = Arrays.stream(judged).filter(i -> said.labels()[i] != given.truth()[i]).count();
      measured.put("label_error", (double) wrong / judged.length);
    }
    TrainingLabels labels =
        said.probabilities() == null
            ? TrainingLabels.hard(said.labels(), given.classNames())
            : TrainingLabels.soft(said.probabilities(), given.classNames());
    return folders.labelled(images, labels, measured);
  }

  /** The network's predictions, and the labels that were given where there are some. */
  private Said asked(ImageSet images) {
    List<String> told = FeatureModel.classNames(network(options.labels()));
    int classes = told.size();
    float[] rows = new float[images.count() * classes];
    int[] labels = new int[images.count()];
    float[] answers = answers(images).probabilities();
    for (int i = 0; i < labels.length; i++) {
      for (int c = 0; c < classes; c++) {
        int to = given.classNames().indexOf(told.get(c));
        rows[i * classes + to] =
            given.known(i) ? (given.labels()[i] == to ? 1 : 0) : answers[i * classes + c];
      }
      labels[i] = likeliest(rows, i * classes, classes);
    }
    return new Said(labels, options.training().supervision().softLabels() ? rows : null, null);
  }

  /**
   * How often a class head is wrong about the images whose label it did not see.
   *
   * @param discriminator the SavedModel of a discriminator that was trained with these labels
   * @return {@code label_error}; empty where the hidden labels are not known
   */
  Map<String, Double> headError(Path discriminator) {
    int[] judged = given.judged();
    if (judged.length == 0) {
      return Map.of();
    }
    int classes = given.classNames().size();
    float[] rows;
    try (FeatureModel head =
        FeatureModel.ofDiscriminator(discriminator, options.execution().settings())) {
      rows = head.of(folders.images().select(judged)).probabilities();
    }
    long wrong =
        IntStream.range(0, judged.length)
            .filter(i -> likeliest(rows, i * classes, classes) != given.truth()[judged[i]])
            .count();
    return Map.of("label_error", (double) wrong / judged.length);
  }

  private static int likeliest(float[] rows, int from, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = rows[from + c] > rows[from + best] ? c : best;
    }
    return best;
  }

  private FeatureModel.Answers answers(ImageSet images) {
    try (FeatureModel network =
        FeatureModel.open(network(options.labels()), options.execution().settings())) {
      return network.of(images);
    }
  }

  private GanRun.Input clustered(ImageSet images) {
    said = kept();
    if (said == null) {
      Clusters found =
          Clusters.of(
              answers(images), count, options.training().seed(), options.execution().settings());
      said = new Said(found.nearest(), null, found.centres());
    }
    double[] shares = new double[count];
    Arrays.stream(said.labels()).forEach(c -> shares[c] += 1.0 / images.count());
    GanRun.Input input = made(said.labels(), names());
    return folders.labelled(images, input.labels().withFakes(shares), input.aboutLabels());
  }

  /** Labels that nobody gave, with how well they agree with the folders where there are several. */
  private GanRun.Input made(int[] labels, List<String> names) {
    ImageSet images = folders.images();
    Map<String, Double> measured = new LinkedHashMap<>();
    if (images.classNames().size() > 1 && names.size() > 1) {
      Agreement agreement = Agreement.of(labels, images.labels());
      measured.put("label_purity", agreement.purity());
      measured.put("label_nmi", agreement.information());
    }
    return folders.labelled(images, TrainingLabels.hard(labels, names), measured);
  }

  private int[] drawn() {
    SplittableRandom random = StatelessRandom.of(options.training().seed(), 0, "random labels");
    return random.ints(folders.images().count(), 0, count).toArray();
  }

  private Said kept() {
    if (earlier == null) {
      return null;
    }
    GivenLabels kept = LabelFile.read(earlier.resolve(LABELS), folders.images());
    List<String> names = names();
    int[] labels =
        Arrays.stream(kept.labels()).map(c -> names.indexOf(kept.classNames().get(c))).toArray();
    Path rows = earlier.resolve(PROBABILITIES);
    Path centres = earlier.resolve(CENTRES);
    return new Said(
        labels,
        Files.exists(rows) ? NumpyFile.read(rows).floats() : null,
        Files.exists(centres) ? NumpyFile.read(centres).floats() : null);
  }

  private static List<String> numbered(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s-%03d".formatted(word, i)).toList();
  }
}
