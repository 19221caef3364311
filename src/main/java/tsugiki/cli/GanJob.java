package tsugiki.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import tsugiki.gan.GanRun;
import tsugiki.labels.GanLabels;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.train.RunDirectory;

/** The training of a GAN. */
record GanJob(LabelledGanOptions options, GanLabels labels) implements TrainingJob {
  /**
   * Finds what it needs.
   *
   * @param earlier the run that is resumed, or null
   */
  static GanJob of(LabelledGanOptions options, Path earlier) {
    return new GanJob(options, GanLabels.open(options, earlier));
  }

  @Override
  public String summary() {
    return labels.summary();
  }

  @Override
  public Done train(Supplier<RunDirectory> directory) {
    try (GanRun gan = new GanRun(options.gan(), options, labels.resolve())) {
      RunDirectory run = directory.get();
      labels.write(run);
      GanRun.Result result = gan.train(run);
      return new Done("generator", result.model(), result);
    }
  }
}
