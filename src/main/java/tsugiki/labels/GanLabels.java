package tsugiki.labels;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tsugiki.data.ClassShares;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.features.FeatureModel;
import tsugiki.gan.GanInput;
import tsugiki.gan.TrainingLabels;
import tsugiki.gan.Unlabelled;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.train.RunDirectory;

/**
 * The labelled images of a GAN's run. What a feature network found is kept in the run, so that a
 * resumed run has the same labels though the network may be gone or trained anew ({@link
 * KeptLabels}).
 */
public final class GanLabels {
  private final LabelledGanOptions options;
  private final GanInput folders;
  private final LabelSource source;
  private final Optional<Path> earlier;
  private final String summary;
  private Optional<SourcedLabels> sourced = Optional.empty();

  private GanLabels(
      LabelledGanOptions options, GanInput folders, LabelSource source, Optional<Path> earlier) {
    this.options = options;
    this.folders = folders;
    this.source = source;
    this.earlier = earlier;
    summary = source.check(folders.images(), earlier.isPresent());
  }

  /**
   * Finds images, labels and networks of a new run without TensorFlow's library.
   *
   * @throws tsugiki.base.BadInputException if something is missing or cannot be used
   */
  public static GanLabels open(LabelledGanOptions options) {
    return open(options, Optional.empty());
  }

  /**
   * The same of a run that is resumed.
   *
   * @param run its folder, whose labels are taken where it has kept some
   */
  public static GanLabels open(LabelledGanOptions options, Path run) {
    return open(options, Optional.of(run).filter(KeptLabels::in));
  }

  private static GanLabels open(LabelledGanOptions options, Optional<Path> earlier) {
    return new GanLabels(options, GanInput.open(options.gan()), options.source(), earlier);
  }

  /** What was found, in words. */
  public String summary() {
    return summary;
  }

  /**
   * Labels the images, by the feature network where one is needed and the run has kept nothing.
   *
   * @return the images of the training with their labels
   */
  public GanInput resolve() {
    ImageSet images = folders.images();
    SourcedLabels found =
        source.of(
            images,
            new LabelSource.Context(
                options.gan().training().seed(), options.gan().execution().settings(), earlier));
    sourced = Optional.of(found);
    boolean drop = options.gan().training().supervision().unlabelled() == Unlabelled.DROP;
    return drop && !found.labels().allKnown()
        ? withoutUnknown(images, found)
        : folders.labelled(images, found.labels(), found.figures());
  }

  private GanInput withoutUnknown(ImageSet images, SourcedLabels found) {
    TrainingLabels labels = found.labels();
    int[] known = IntStream.range(0, labels.count()).filter(labels::known).toArray();
    int[] kept = IntStream.of(known).map(i -> labels.label(i, 0)).toArray();
    return folders.labelled(
        images.select(known), TrainingLabels.hard(kept, labels.classNames()), found.figures());
  }

  /** Keeps what a feature network found in a new run. */
  public void write(RunDirectory run) {
    if (earlier.isEmpty()) {
      sourced.ifPresent(
          found ->
              found
                  .network()
                  .ifPresent(
                      kept -> kept.write(run, folders.images(), found.labels().classNames())));
    }
  }

  /**
   * What a class head says of the images whose label it did not see.
   *
   * @param discriminator the SavedModel of a discriminator that was trained with these labels
   * @return how often it takes them for each class by {@link ClassFigures#HEAD_SHARE}, and {@code
   *     label_error} where the hidden labels are known; empty where nothing is hidden
   */
  Map<String, Double> headFigures(Path discriminator) {
    if (!(source instanceof LabelsAsGiven people)) {
      return Map.of();
    }
    GivenLabels given = people.given().given(folders.images());
    int[] unseen = IntStream.range(0, given.labels().length).filter(i -> !given.known(i)).toArray();
    if (unseen.length == 0) {
      return Map.of();
    }
    int classes = given.classNames().size();
    boolean rotations = options.gan().training().supervision().rotation();
    ExportedNetwork network =
        options.gan().network().networks(classes).servedDiscriminator(classes, true, rotations);
    try (FeatureModel head =
        FeatureModel.of(network, discriminator, options.gan().execution().settings())) {
      float[] rows = head.of(folders.images().select(unseen)).probabilities();
      int[] likeliest = new Predictions(rows, classes).likeliest();
      Map<String, Double> figures = new LinkedHashMap<>();
      if (given.hidden().length > 0) {
        figures.putAll(given.error(unseen, likeliest));
      }
      ClassShares shares = ClassShares.ofLabels(likeliest, classes);
      figures.putAll(ClassFigures.HEAD_SHARE.of(shares.byName(given.classNames())));
      return figures;
    }
  }
}
