package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The verb {@code train}. */
@Command(
    name = "train",
    description = {
      "Trains a class-conditional generator on folders of images, one folder a class, and writes it"
          + " as a SavedModel into a run directory."
    },
    sortOptions = false)
final class TrainCommand implements Runnable {
  /** A training that should last longer, or end sooner, is gone on with by {@code --steps}. */
  private static final Map<String, String> LENGTH = Map.of("--steps", "/training/steps");

  @Spec private CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nWhat is trained:%n")
  private final TrainFlags.Networks networks = new TrainFlags.Networks();

  @ArgGroup(validate = false, heading = "%nHow:%n")
  private final TrainFlags.Training training = new TrainFlags.Training();

  @ArgGroup(validate = false, heading = "%nWith few labels:%n")
  private final SupervisionFlags supervision = new SupervisionFlags();

  @ArgGroup(validate = false, heading = "%nWhat is looked at meanwhile:%n")
  private final TrainFlags.Watch watch = new TrainFlags.Watch();

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    GanRunOptions options =
        run.resume().isPresent()
            ? Resuming.options(spec, run, GanRunOptions.class, LENGTH)
            : asked();
    if (run.resume().isPresent()) {
      options.execution().refuseElsewhere();
    }
    Path folder = Resuming.folder(run, "train");
    GanRun.Input input = GanRun.Input.open(options);
    PrintWriter out = spec.commandLine().getOut();
    out.println(RunDirectory.json(options));
    out.printf(
        "%d images of %d classes; the run goes to %s%n",
        input.images().count(), input.images().classNames().size(), folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    try (GanRun gan = new GanRun(options, input)) {
      RunDirectory directory =
          run.resume().isPresent()
              ? RunDirectory.resume(folder)
              : RunDirectory.create(folder, options);
      Logs.alsoTo(directory.resolve("log.txt"));
      GanRun.Result done = gan.train(directory);
      out.printf("The generator is in %s.%n", done.model());
      out.flush();
      result.write(done);
    }
  }

  private GanRunOptions asked() {
    return new GanRunOptions(
        networks.recipe(),
        networks.data(),
        networks.classes(),
        networks.options(),
        training.options(supervision.options(), run.seed()),
        watch.options(),
        networks.half(),
        Execution.here(run.device()));
  }
}
