package tsugiki.recognition;

import java.nio.file.Path;
import java.util.List;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.runtime.Sessions;

/** A feature network with its first weights, for tests of what takes labels from one. */
public final class UntrainedFeatureNetwork {
  private UntrainedFeatureNetwork() {}

  /** Writes the SavedModel of one that tells these classes. */
  public static void write(Path model, ImageSet images, List<String> classNames) {
    FeatureTrainingOptions options =
        FeatureTrainingOptions.defaults().withSize(images.size()).withChannels(4).withSeed(3);
    GivenLabels labels = new GivenLabels(classNames, new int[images.count()], new int[0]);
    try (FeatureTraining untrained =
        new FeatureTraining(options, images, labels, Sessions.Settings.cpu())) {
      untrained.writer(classNames, "# A card\n").write(model);
    }
  }
}
