package tsugiki.labels;

import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.data.GivenSource;
import tsugiki.data.ImageSet;
import tsugiki.runtime.Sessions;

/** A source of training labels: people, chance, clusters or the predictions of a network. */
sealed interface LabelSource permits LabelsAsGiven, DrawnLabels, PredictedLabels, ClusteredLabels {
  /**
   * What a source needs of a run.
   *
   * @param seed of draws and clusters
   * @param settings of the sessions of feature networks
   * @param earlier the run that is resumed, where it has kept labels
   */
  record Context(long seed, Sessions.Settings settings, Optional<Path> earlier) {}

  /**
   * The source that an argument names.
   *
   * @param labels as {@link LabelOptions#labels} describes it
   * @param seed of the choice of a share
   * @param count of drawn labels or clusters, 0 for the number of folders
   * @param network the folder of the feature network's SavedModel; empty without
   * @throws BadInputException if there is no such source
   */
  static LabelSource of(String labels, long seed, int count, String network) {
    return GivenSource.of(labels, seed)
        .<LabelSource>map(LabelsAsGiven::new)
        .orElseGet(() -> made(labels, count, network));
  }

  private static LabelSource made(String labels, int count, String network) {
    return switch (labels) {
      case "random" -> new DrawnLabels(count, false);
      case "random-each-epoch" -> new DrawnLabels(count, true);
      case "cluster" -> new ClusteredLabels(count, Path.of(network));
      default ->
          throw new BadInputException(
              "⟨labels⟩ is '%s'; give all, single, random, random-each-epoch, cluster, a share such as 10%%, or a file that ends in .csv"
                  .formatted(labels));
    };
  }

  /**
   * Checks that images can be labelled, without TensorFlow's library.
   *
   * @param images with their folders as labels
   * @param kept whether a run has kept the labels, so that no network is needed
   * @return what was found, in words
   * @throws BadInputException if they cannot
   */
  String check(ImageSet images, boolean kept);

  /**
   * Labels images.
   *
   * @param images with their folders as labels
   * @throws BadInputException if they cannot be labelled, or differ from those of the earlier run
   */
  SourcedLabels of(ImageSet images, Context context);
}
