package tsugiki.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.LabelOptions;
import tsugiki.labels.GanLabels;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The training of a GAN. */
record GanJob(GanRunOptions options, GanLabels labels) implements TrainingJob {
  /**
   * Finds what it needs.
   *
   * @param earlier the run to resume, or null
   */
  static GanJob of(GanRunOptions options, Path earlier) {
    return new GanJob(options, GanLabels.open(options, earlier));
  }

  /** The options of a GAN by its flags. */
  static GanRunOptions options(
      NetworkFlags networks,
      LabelOptions labels,
      TrainingFlags training,
      SupervisionFlags supervision,
      WatchFlags watch,
      RunOptions run) {
    return new GanRunOptions(
        networks.data(),
        networks.classes(),
        labels,
        networks.options(networks.recipe().name()),
        training.options(supervision.options(), run.seed()),
        watch.options(),
        networks.half(),
        Execution.here(run.device()));
  }

  @Override
  public String summary() {
    return labels.summary();
  }

  @Override
  public Done train(Supplier<RunDirectory> directory) {
    try (GanRun gan = new GanRun(options, labels.resolve())) {
      RunDirectory run = directory.get();
      labels.write(run);
      GanRun.Result result = gan.train(run);
      return new Done("generator", result.model(), result);
    }
  }
}
