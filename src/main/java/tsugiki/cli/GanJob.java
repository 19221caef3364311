package tsugiki.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.labels.GanLabels;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The training of a GAN. */
record GanJob(GanRunOptions options, GanLabels labels) implements TrainingJob {
  static GanJob of(GanRunOptions options) {
    return new GanJob(options, GanLabels.open(options));
  }

  @Override
  public Execution execution() {
    return options.execution();
  }

  @Override
  public String summary() {
    return labels.summary();
  }

  @Override
  public Done train(Path earlier, Supplier<RunDirectory> directory) {
    try (GanRun gan = new GanRun(options, labels.resolve(earlier))) {
      RunDirectory run = directory.get();
      if (earlier == null) {
        labels.write(run);
      }
      GanRun.Result result = gan.train(run);
      return new Done("generator", result.model(), result);
    }
  }
}
