package tsugiki.labels;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.features.FeatureModel;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.LabelOptions;
import tsugiki.gan.LabelOptions.Source;
import tsugiki.gan.TrainingLabels;
import tsugiki.gan.Unlabelled;
import tsugiki.train.RunDirectory;

/**
 * The labels that a GAN is trained with. What a feature network has said is kept in the run, so
 * that a resumed run has the same labels though the network may be gone or trained anew: see {@link
 * KeptLabels}.
 */
public final class GanLabels {
  private static final Logger LOG = LoggerFactory.getLogger(GanLabels.class);

  private final GanRunOptions options;
  private final GanRun.Input folders;
  private final GivenLabels given;
  private final MadeLabels made;
  private final Path earlier;
  private KeptLabels said;

  private GanLabels(
      GanRunOptions options,
      GanRun.Input folders,
      GivenLabels given,
      MadeLabels made,
      Path earlier) {
    this.options = options;
    this.folders = folders;
    this.given = given;
    this.made = made;
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
    Path earlier = run != null && KeptLabels.in(run) ? run : null;
    if (earlier == null && predicts(options)) {
      refuseOtherClasses(options.labels(), given.classNames());
    } else if (earlier == null && !options.labels().features().isEmpty()) {
      FeatureModel.classNames(network(options.labels()));
    }
    return new GanLabels(
        options, folders, given, MadeLabels.of(options.labels(), folders.images()), earlier);
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
          "⟨features⟩ %s tells %d classes, which are not the %d of the data; train it on the same ⟨data⟩, ⟨classes⟩ and ⟨labels⟩"
              .formatted(options.features(), told.size(), classNames.size()));
    }
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
        : "%d images, labels: %s".formatted(images, options.labels().labels());
  }

  /** Makes the labels, asking the feature network where one is needed and nothing was kept. */
  public GanRun.Input resolve() {
    ImageSet images = folders.images();
    long seed = options.training().seed();
    return switch (options.labels().source()) {
      case ALL, SHARE, FILE -> given(images);
      case SINGLE ->
          folders.labelled(
              images, TrainingLabels.hard(new int[images.count()], List.of("all")), Map.of());
      case RANDOM -> {
        int[] drawn = made.drawn(seed);
        yield folders.labelled(
            images, TrainingLabels.hard(drawn, made.names()), made.agreement(drawn));
      }
      case RANDOM_EACH_EPOCH -> {
        TrainingLabels labels = TrainingLabels.hard(made.drawn(seed), made.names());
        yield folders.labelled(images, labels.redrawnEachEpoch(seed), Map.of());
      }
      case CLUSTER -> clustered(images);
    };
  }

  /** Keeps in a run what a feature network has said, where that is not kept there already. */
  public void write(RunDirectory run) {
    if (said != null && earlier == null) {
      said.write(run, folders.images(), names());
    }
  }

  private List<String> names() {
    return options.labels().source() == Source.CLUSTER ? made.names() : given.classNames();
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
    said = earlier == null ? asked(images) : KeptLabels.read(earlier, images, names());
    int[] judged = unseen(images);
    Map<String, Double> error =
        given.error(judged, Arrays.stream(judged).map(i -> said.labels()[i]).toArray());
    TrainingLabels labels =
        said.probabilities() == null
            ? TrainingLabels.hard(said.labels(), given.classNames())
            : TrainingLabels.soft(said.probabilities(), given.classNames());
    return folders.labelled(images, labels, error);
  }

  /** Images whose label is hidden here, and was from the network that predicts it. */
  private int[] unseen(ImageSet images) {
    Set<String> seen = FeatureRun.labelled(network(options.labels()));
    int[] judged = given.judged();
    int[] unseen =
        Arrays.stream(judged).filter(i -> !seen.contains(images.names().get(i))).toArray();
    if (unseen.length < judged.length) {
      LOG.warn(
          "the feature network has learned the labels of {} images that are hidden here (labels {}); label_error leaves them out",
          judged.length - unseen.length,
          options.labels().labels());
    }
    return unseen;
  }

  /** The network's predictions, and the labels that were given where there are some. */
  private KeptLabels asked(ImageSet images) {
    List<String> told = FeatureModel.classNames(network(options.labels()));
    Predictions predictions = Predictions.of(answers(images).probabilities(), told, given);
    boolean soft = options.training().supervision().softLabels();
    return new KeptLabels(predictions.likeliest(), soft ? predictions.rows() : null, null);
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
    try (FeatureModel head =
        FeatureModel.ofDiscriminator(discriminator, options.execution().settings())) {
      float[] rows = head.of(folders.images().select(judged)).probabilities();
      return given.error(judged, new Predictions(rows, given.classNames().size()).likeliest());
    }
  }

  private FeatureModel.Answers answers(ImageSet images) {
    try (FeatureModel network =
        FeatureModel.open(network(options.labels()), options.execution().settings())) {
      return network.of(images);
    }
  }

  private GanRun.Input clustered(ImageSet images) {
    said = earlier == null ? found(images) : KeptLabels.read(earlier, images, names());
    double[] shares = new double[made.count()];
    Arrays.stream(said.labels()).forEach(c -> shares[c] += 1.0 / images.count());
    TrainingLabels labels = TrainingLabels.hard(said.labels(), names()).withFakes(shares);
    return folders.labelled(images, labels, made.agreement(said.labels()));
  }

  private KeptLabels found(ImageSet images) {
    Clusters clusters =
        Clusters.of(
            answers(images),
            made.count(),
            options.training().seed(),
            options.execution().settings());
    return new KeptLabels(clusters.nearest(), null, clusters.centres());
  }
}
