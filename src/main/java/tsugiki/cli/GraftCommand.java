package tsugiki.cli;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Counted;
import tsugiki.graft.ChangedLength;
import tsugiki.graft.GraftInput;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftRun;
import tsugiki.pretrained.PublishedGenerators;
import tsugiki.train.RunDirectory;

/** The verb {@code graft}. */
@Command(
    name = "graft",
    description = {
      "Adapts a pre-trained generator to 1 to 10,000 images and writes the adapted generator as a"
          + " SavedModel into a run directory."
    },
    sortOptions = false)
final class GraftCommand implements Runnable {
  /** A run that should last longer, or end sooner, is gone on with by other numbers of steps. */
  private static final Map<String, String> LENGTH =
      ImmutableMap.<String, String>builder()
          .putAll(Resuming.ofDevices(Resuming.length("/learning/steps")))
          .put("--finish-steps", "/finish/finish_steps")
          .build();

  @Spec private CommandSpec spec;

  @Mixin(name = "What is grafted:")
  private final GraftFlags.Parts parts;

  @Mixin(name = "How it learns:")
  private final FlagSection learning = GraftFlags.section("learning");

  @Mixin(name = "What it minimises:")
  private final FlagSection loss = GraftFlags.section("loss");

  @Mixin(name = "The adversarial finish:")
  private final FlagSection finish = GraftFlags.section("finish");

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = GraftFlags.section("watch");

  @Mixin private RunOptions run;
  @Mixin private ReplicasFlag replicas;
  @Mixin private ProfileFlag profile;
  @Mixin private ResultOptions result;

  GraftCommand() {
    this(new PublishedGenerators());
  }

  /** A command with other generators that can be fetched. */
  GraftCommand(PublishedGenerators published) {
    parts = new GraftFlags.Parts(published);
  }

  @Override
  public void run() {
    job(run.resume().isPresent() ? resumed() : parts.options(spec, run.here(replicas), result))
        .start("graft", run, profile, result);
  }

  private GraftOptions resumed() {
    GraftOptions options =
        Resuming.options(spec, run, GraftOptions.class, LENGTH, GraftOptions::execution);
    Path folder = run.resume().orElseThrow();
    new ChangedLength(RunDirectory.resume(folder).options(GraftOptions.class), options)
        .check(folder);
    return options.withExecution(replicas.again(options.execution()));
  }

  private TrainingJob job(GraftOptions options) {
    GraftInput input = GraftInput.open(options);
    return TrainingJob.of(
        options,
        Counted.of(input.images().count(), "image") + " onto " + options.generator(),
        () -> new GraftRun(options, input),
        (graft, directory) -> {
          graft.trained().forEach(line -> result.print("%s", line));
          GraftRun.Result grafted = graft.train(directory.get());
          return new TrainingJob.Done("The generator is in " + grafted.model() + ".", grafted);
        });
  }
}
