package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Sessions;
import tsugiki.single.PyramidExport;
import tsugiki.single.PyramidSampler;
import tsugiki.single.PyramidSizes;
import tsugiki.single.SingleOptions;
import tsugiki.single.SingleRun;
import tsugiki.single.SingleWatchOptions;
import tsugiki.train.RunDirectory;

/** The verb {@code single}. */
@Command(
    name = "single",
    description = {
      "Trains a generator on a single photograph, which draws endless variations of it in any"
          + " width and height, and writes it as a SavedModel into a run directory."
    },
    sortOptions = false)
final class SingleCommand implements Runnable {
  /** What may be given beside {@code --model}. */
  private static final Set<String> DRAWING =
      Set.of(
          "--model",
          "--count",
          "--width",
          "--height",
          "--seed",
          "--out",
          "--device",
          "--json",
          "--verbose");

  /**
   * What {@code --json} writes of images that were drawn with a model.
   *
   * @param model its folder
   * @param out the folder with the images
   * @param files the images' names in it
   */
  record Drawn(String model, String out, List<String> files) {}

  @Spec private CommandSpec spec;

  @Mixin(name = "What is learned:")
  private final SingleFlags.Parts parts = new SingleFlags.Parts();

  @Mixin(name = "The pyramid:")
  private final FlagSection pyramid = SingleFlags.section("pyramid");

  @Mixin(name = "The networks:")
  private final FlagSection network = SingleFlags.section("network");

  @Mixin(name = "How it learns:")
  private final FlagSection training = SingleFlags.section("training");

  @Mixin(name = "Measurements, samples and checkpoints:")
  private final FlagSection watch = SingleFlags.section("watch");

  @Mixin private RunOptions run;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    if (parts.model() != null) {
      draw();
      return;
    }
    SingleOptions options =
        run.resume().isPresent()
            ? Resuming.options(spec, run, SingleOptions.class, Map.of())
            : parts.options(spec, run);
    if (run.resume().isPresent()) {
      options.execution().refuseElsewhere();
    }
    Path folder = Resuming.folder(run, "single");
    SingleRun.Input input = SingleRun.Input.open(options);
    PyramidSizes sizes = input.images().sizes();
    String summary =
        "%s in %s pixels"
            .formatted(
                options.image().getFileName(),
                sizes.sizes().stream().map(Object::toString).collect(Collectors.joining(", ")));
    PrintWriter out = spec.commandLine().getOut();
    Logs.about(summary);
    Logs.about(RunDirectory.json(options));
    out.println(RunDirectory.json(options));
    out.printf("%s; the run goes to %s%n", summary, folder);
    out.flush();
    if (run.dryRun()) {
      return;
    }
    try (SingleRun single = new SingleRun(options, input)) {
      SingleRun.Result done = single.train(Resuming.directory(run, "single", options));
      out.println(figures(done.scores()));
      out.flush();
      result.write(done);
    }
  }

  private static String figures(Map<String, Double> scores) {
    return scores.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %.4g", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void draw() {
    List<String> others =
        spec.commandLine().getParseResult().matchedOptionsSet().stream()
            .map(option -> option.longestName())
            .filter(name -> !DRAWING.contains(name))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--model draws and trains nothing; leave out " + String.join(", ", others));
    }
    Path folder =
        run.out()
            .orElseThrow(
                () -> new BadInputException("--out is missing; name the folder of the images"));
    Path model = ModelPath.find("--model", parts.model());
    SingleWatchOptions drawing = SingleFlags.drawing(spec).watch();
    Sessions.Settings settings = Sessions.Settings.on(run.device());
    try (PyramidSampler sampler = new PyramidSampler(PyramidExport.read(model), settings)) {
      PyramidSizes.Size size = sampler.architecture().sized(drawing.width(), drawing.height());
      List<String> files = sampler.drawInto(folder, size, run.seed(), drawing.count());
      spec.commandLine()
          .getOut()
          .printf("%d images of %s pixels in %s%n", files.size(), size, folder);
      spec.commandLine().getOut().flush();
      result.write(new Drawn(model.toString(), folder.toString(), files));
    }
  }
}
