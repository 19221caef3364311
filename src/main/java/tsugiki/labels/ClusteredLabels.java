package tsugiki.labels;

import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.data.ClassShares;
import tsugiki.data.ImageSet;
import tsugiki.features.Clusters;
import tsugiki.features.FeatureModel;
import tsugiki.gan.TrainingLabels;
import tsugiki.score.Agreement;

/**
 * Labels by cluster of the features of a network (Lučić et al. 2019, section 3.1). Generated images
 * get each cluster as often as the training images.
 *
 * @param count the number of clusters; 0 for the number of folders
 * @param network the folder of the feature network's SavedModel
 */
record ClusteredLabels(int count, Path network) implements LabelSource {
  private static final String NAME = "cluster";

  @Override
  public String check(ImageSet images, boolean kept) {
    int clusters = classes(images).count();
    if (clusters > images.count()) {
      throw new BadInputException(
          "⟨labelCount⟩ is %d and there are %d images; give at most that many"
              .formatted(clusters, images.count()));
    }
    if (!kept) {
      FeatureModel.classNames(network);
    }
    return "%s, labels: %s".formatted(Counted.of(images.count(), "image"), NAME);
  }

  @Override
  public SourcedLabels of(ImageSet images, Context context) {
    NumberedClasses classes = classes(images);
    KeptLabels found =
        context
            .earlier()
            .map(run -> KeptLabels.read(run, images, classes.names()))
            .orElseGet(() -> clusters(images, classes.count(), context));
    ClassShares shares = ClassShares.ofLabels(found.labels(), classes.count());
    return new SourcedLabels(
        TrainingLabels.hard(found.labels(), classes.names()).withFakes(shares),
        Agreement.withFolders(found.labels(), classes.count(), images),
        Optional.of(found));
  }

  private KeptLabels clusters(ImageSet images, int count, Context context) {
    FeatureModel.Answers answers;
    try (FeatureModel model = FeatureModel.open(network, context.settings())) {
      answers = model.of(images);
    }
    Clusters clusters = Clusters.of(answers, count, context.seed(), context.settings());
    return new KeptLabels(clusters.nearest(), null, clusters.centres());
  }

  private NumberedClasses classes(ImageSet images) {
    return NumberedClasses.of(NAME, NAME, count, images);
  }
}
