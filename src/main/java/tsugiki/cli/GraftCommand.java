package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftRun;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The verb {@code graft}. */
@Command(
    name = "graft",
    description = {
      "Adapts a frozen generator to 1 to 10,000 images and writes the adapted generator as a"
          + " SavedModel into a run directory."
    },
    sortOptions = false)
final class GraftCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin(name = "What is grafted:")
  private final GraftFlags.Parts parts = new GraftFlags.Parts();

  @Mixin(name = "How it learns:")
  private final FlagSection learning = GraftFlags.section("learning");

  @Mixin(name = "What it minimises:")
  private final FlagSection loss = GraftFlags.section("loss");

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = GraftFlags.section("watch");

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    GraftOptions options =
        run.resume().isPresent()
            ? Resuming.options(spec, run, GraftOptions.class, Map.of())
            : parts.options(spec, Execution.here(run.device()));
    if (run.resume().isPresent()) {
      options.execution().refuseElsewhere();
    }
    Path folder = Resuming.folder(run, "graft");
    GraftRun.Input input = GraftRun.Input.open(options);
    PrintWriter out = spec.commandLine().getOut();
    String summary = input.images().count() + " images onto " + options.generator();
    Logs.about(summary);
    Logs.about(RunDirectory.json(options));
    out.println(RunDirectory.json(options));
    out.printf("%s; the run goes to %s%n", summary, folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    try (GraftRun graft = new GraftRun(options, input)) {
      graft.trained().forEach(out::println);
      out.flush();
      result.write(graft.train(Resuming.directory(run, "graft", options)));
    }
  }
}
