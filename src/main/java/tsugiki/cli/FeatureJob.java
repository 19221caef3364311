package tsugiki.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import tsugiki.labels.FeatureRun;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The training of a feature network. */
record FeatureJob(FeatureRunOptions options, FeatureRun.Input input) implements TrainingJob {
  static FeatureJob of(FeatureRunOptions options) {
    return new FeatureJob(options, FeatureRun.Input.open(options));
  }

  @Override
  public Execution execution() {
    return options.execution();
  }

  @Override
  public String summary() {
    return input.summary();
  }

  @Override
  public Done train(Path earlier, Supplier<RunDirectory> directory) {
    try (FeatureRun features = new FeatureRun(options, input)) {
      FeatureRun.Result result = features.train(directory.get());
      return new Done("feature network", result.model(), result);
    }
  }
}
