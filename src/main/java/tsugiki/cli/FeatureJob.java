package tsugiki.cli;

import java.util.function.Supplier;
import tsugiki.labels.FeatureRun;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.train.RunDirectory;

/** The training of a feature network. */
record FeatureJob(FeatureRunOptions options, FeatureRun.Input input) implements TrainingJob {
  static FeatureJob of(FeatureRunOptions options) {
    return new FeatureJob(options, FeatureRun.Input.open(options));
  }

  @Override
  public String summary() {
    return input.summary();
  }

  @Override
  public Done train(Supplier<RunDirectory> directory) {
    try (FeatureRun features = new FeatureRun(options, input)) {
      FeatureRun.Result result = features.train(directory.get());
      return new Done("feature network", result.model(), result);
    }
  }
}
