package tsugiki.cli;

import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.base.Phase;
import tsugiki.runtime.Sessions;
import tsugiki.single.NaiveImage;
import tsugiki.single.PyramidExport;
import tsugiki.single.PyramidSampler;
import tsugiki.single.PyramidSizes;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.single.TrainedPyramid;

/** The part of the verb {@code single} that draws with a trained pyramid; a picocli mixin. */
final class SingleDrawing {
  /** What may be given beside {@code --model}. */
  private static final Set<String> BESIDE =
      Set.of(
          "--model",
          "--naive",
          "--mask",
          "--count",
          "--width",
          "--height",
          "--max-size",
          "--start-stage",
          "--factor",
          "--seed",
          "--out",
          "--device",
          "--json",
          "--verbose");

  /**
   * What {@code --json} writes.
   *
   * @param model its folder
   * @param out the folder with the images
   * @param files the images' names in it
   */
  record Drawn(String model, String out, List<String> files) {}

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Train nothing, and draw --count images of --width and --height with this run or model"
              + " of an earlier one into the folder --out.")
  private String model;

  @Option(
      names = "--naive",
      paramLabel = "F",
      description =
          "With --model of the mode harmonize or edit: the image in which something was pasted or"
              + " moved; of the mode paint: a drawing; of the mode super-resolve: an image to enlarge."
              + " The folder --out gets what the model makes of it. One that is larger than"
              + " --max-size and than the image that was learned is made smaller first.")
  private Path naive;

  @Option(
      names = "--mask",
      paramLabel = "F",
      description = "Of --naive: white where that is, of the same size. Default: everywhere.")
  private Path mask;

  @Option(
      names = "--start-stage",
      paramLabel = "N",
      description =
          "With --naive and a model by --method singan: the first stage that changes the image, from"
              + " 2 to the number of stages; the higher, the less changes. Default: 2 to paint, a"
              + " higher one to edit, and a still higher one to harmonize.")
  private Integer startStage;

  /** Whether something is to be drawn and nothing trained. */
  boolean given(boolean fineTunes) {
    if (model == null && !fineTunes && (naive != null || mask != null)) {
      throw new BadInputException(
          "--naive and --mask need a trained model; train one by --image F --mode harmonize (or"
              + " edit), and name its run by --model or --fine-tune");
    }
    if (startStage != null && (model == null || naive == null)) {
      throw new BadInputException("--start-stage needs --model and --naive");
    }
    if (startStage != null && startStage < 2) {
      throw new BadInputException(
          "--start-stage is %d; the first stage takes noise alone, so give 2 or more"
              .formatted(startStage));
    }
    if (mask != null && naive == null) {
      throw new BadInputException("--mask says where --naive was changed; give --naive too");
    }
    return model != null;
  }

  /** The image to change, or null. */
  Path naive() {
    return naive;
  }

  /** Where it was changed, or null. */
  Path mask() {
    return mask;
  }

  /** Draws. */
  void draw(CommandSpec spec, RunOptions run, ResultOptions result) {
    refuseOthers(spec);
    if (naive == null) {
      GivenFlags.refuse(
          spec,
          Sets.union(SingleFlags.FACTOR, Set.of("--max-size")),
          "%s needs --naive with --model; leave it out");
    } else {
      GivenFlags.refuse(
          spec,
          List.of("--count", "--width", "--height", "--seed"),
          "%s is for random images; with --naive leave it out");
    }
    Path folder = run.folder("images");
    Path path = ModelPath.find("--model", model);
    SingleOptions options = SingleFlags.drawing(spec);
    TrainedPyramid pyramid = PyramidExport.read(path);
    SingleMode mode = pyramid.architecture().mode();
    UselessFlags.refuseUnless(
        mode == SingleMode.SUPER_RESOLVE,
        spec,
        SingleFlags.FACTOR,
        "a model of --mode super-resolve");
    NaiveImage changed =
        naive == null ? null : NaiveImage.open(naive, mask, most(spec, options, pyramid));
    try (Phase drawing = Phase.begin("drawing with " + path);
        PyramidSampler sampler = new PyramidSampler(pyramid, Sessions.Settings.on(run.device()))) {
      List<String> files =
          changed == null
              ? random(sampler, options, folder)
              : List.of(
                  changed.drawInto(
                      folder,
                      sampler,
                      startStage == null ? -1 : startStage - 1,
                      options.watch().factor()));
      result.print("%s in %s", Counted.of(files.size(), "image"), folder);
      result.write(new Drawn(path.toString(), folder.toString(), files));
    }
  }

  /**
   * The longer side of an image to change, at most: what was asked for, or all that was learned.
   */
  private static int most(CommandSpec spec, SingleOptions options, TrainedPyramid pyramid) {
    PyramidSizes.Size full = pyramid.architecture().full();
    boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--max-size");
    int most = options.pyramid().maxSize();
    return asked ? most : Math.max(most, Math.max(full.height(), full.width()));
  }

  private static List<String> random(PyramidSampler sampler, SingleOptions options, Path folder) {
    if (sampler.architecture().startsFromImage()) {
      throw new BadInputException(
          "--model is of the mode %s, whose first stage takes an image and no noise; give one by --naive"
              .formatted(sampler.architecture().mode()));
    }
    PyramidSizes.Size size =
        sampler.architecture().sized(options.watch().width(), options.watch().height());
    return sampler.drawInto(folder, size, options.training().seed(), options.watch().count());
  }

  private static void refuseOthers(CommandSpec spec) {
    List<String> others =
        spec.commandLine().getParseResult().matchedOptionsSet().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !BESIDE.contains(name))
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "--model draws and trains nothing; leave out " + String.join(", ", others));
    }
  }
}
