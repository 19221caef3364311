package tsugiki.labels;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.data.GivenLabels;
import tsugiki.data.GivenSource;
import tsugiki.data.ImageSet;
import tsugiki.features.FeatureModel;
import tsugiki.gan.TrainingLabels;
import tsugiki.recognition.FeatureRun;

/**
 * Given labels, completed by the predictions of a feature network (S²GAN; Lučić et al. 2019,
 * section 3.2).
 *
 * @param source of the given labels
 * @param network the folder of the feature network's SavedModel, of the same classes
 * @param soft whether the labels are the predicted distributions rather than the likeliest classes
 */
record PredictedLabels(GivenSource source, Path network, boolean soft) implements LabelSource {
  private static final Logger LOG = LoggerFactory.getLogger(PredictedLabels.class);

  @Override
  public String check(ImageSet images, boolean kept) {
    List<String> classes = source.given(images).classNames();
    if (!kept) {
      List<String> predicted = FeatureModel.classNames(network);
      if (predicted.size() != classes.size() || !predicted.containsAll(classes)) {
        throw new BadInputException(
            "⟨features⟩ %s predicts %d classes, which are not the %d of the data; train it on the same ⟨data⟩, ⟨classes⟩ and ⟨labels⟩"
                .formatted(network, predicted.size(), classes.size()));
      }
    }
    return source.summary(images);
  }

  @Override
  public SourcedLabels of(ImageSet images, Context context) {
    GivenLabels given = source.given(images);
    KeptLabels found =
        context
            .earlier()
            .map(run -> KeptLabels.read(run, images, given.classNames()))
            .orElseGet(() -> predictions(images, given, context));
    TrainingLabels labels =
        found.probabilities() == null
            ? TrainingLabels.hard(found.labels(), given.classNames())
            : TrainingLabels.soft(found.probabilities(), given.classNames());
    int[] hidden = neverLearned(images, given);
    int[] predicted = Arrays.stream(hidden).map(i -> found.labels()[i]).toArray();
    return new SourcedLabels(labels, given.error(hidden, predicted), Optional.of(found));
  }

  private KeptLabels predictions(ImageSet images, GivenLabels given, Context context) {
    float[] probabilities;
    try (FeatureModel model = FeatureModel.open(network, context.settings())) {
      probabilities = model.of(images).probabilities();
    }
    Predictions all =
        Predictions.completing(given, probabilities, FeatureModel.classNames(network));
    return new KeptLabels(all.likeliest(), soft ? all.rows() : null, null);
  }

  /** Images whose label is hidden here, and was hidden from the network too. */
  private int[] neverLearned(ImageSet images, GivenLabels given) {
    Set<String> learned = FeatureRun.labelled(network);
    int[] hidden = given.hidden();
    int[] neverLearned =
        Arrays.stream(hidden).filter(i -> !learned.contains(images.names().get(i))).toArray();
    if (neverLearned.length < hidden.length) {
      LOG.warn(
          "the feature network has learned the labels of {} images that are hidden here; label_error leaves them out",
          hidden.length - neverLearned.length);
    }
    return neverLearned;
  }
}
