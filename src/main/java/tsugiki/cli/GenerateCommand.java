package tsugiki.cli;

import com.google.common.collect.Lists;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.report.ImageFolder;
import tsugiki.savedmodel.Sampler;

/** The verb {@code generate}. */
@Command(
    name = "generate",
    description = {
      "Paints images with a model: 000000.png, 000001.png and so on, and grid.png with the first"
          + " ones together. On the CPU a seed and a class give the same image, to the bit, in any"
          + " number and at any place. Another kind of processor may round single values otherwise."
    },
    sortOptions = false)
final class GenerateCommand implements Runnable {
  /** Images that are drawn before they are written: what is in memory at a time. */
  private static final int AT_ONCE = 64;

  private static final int DEFAULT_COUNT = 16;

  /** Beyond this a picture shows the filter and not the image. */
  private static final int MOST_UPSCALE = 8;

  /**
   * What {@code --json} writes.
   *
   * @param model the SavedModel's folder
   * @param out the folder with the images
   * @param truncation the entries' limit, null for none
   * @param files the images' names in {@code out}
   * @param seeds the images' seeds
   * @param labels the images' classes, empty for a model without classes
   * @param grid the picture of the first images
   */
  record Result(
      String model,
      String out,
      Double truncation,
      List<String> files,
      List<Long> seeds,
      List<Long> labels,
      String grid) {}

  @Spec private CommandSpec spec;
  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many images. Default: " + DEFAULT_COUNT + ".")
  private Integer count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first image's seed; the next ones have S+1, S+2, … Default: 0.")
  private Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      converter = Seeds.Converter.class,
      description = "The images' seeds instead of --seed and --count, such as 0,3-9.")
  private Seeds list;

  @Option(
      names = "--upscale",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Enlarge every image by this whole factor before it is written, by bicubic interpolation;"
              + " for viewing, not for scores. Default: ${DEFAULT-VALUE}.")
  private int upscale;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write, new or empty.")
  private Path out;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Seeds seeds = seeds();
    if (upscale < 1 || upscale > MOST_UPSCALE) {
      throw new BadInputException(
          "--upscale is %d; give a factor from 1 to %d".formatted(upscale, MOST_UPSCALE));
    }
    ImageFolder.refuseUsed(out);
    try (Sampler sampler = sampling.open()) {
      ImageFolder folder = ImageFolder.create(out, sampler.height(), sampler.width(), upscale);
      paint(sampler, seeds, folder);
      Path grid = folder.writeGrid();
      PrintWriter print = spec.commandLine().getOut();
      print.printf("%d images in %s, the first ones together in %s%n", seeds.size(), out, grid);
      print.flush();
      result.write(
          new Result(
              sampling.model().toString(),
              out.toString(),
              sampling.truncation().orElse(null),
              folder.names(),
              seeds.asList(),
              sampler.conditional() ? Lists.transform(seeds.asList(), sampler::label) : List.of(),
              grid.getFileName().toString()));
    }
  }

  private Seeds seeds() {
    if (list == null) {
      return Seeds.from(seed == null ? 0 : seed, count == null ? DEFAULT_COUNT : count);
    }
    if (seed != null || count != null) {
      throw new BadInputException(
          "--seeds lists every image's seed; leave out --seed and --count beside it");
    }
    return list;
  }

  private static void paint(Sampler sampler, Seeds seeds, ImageFolder folder) {
    try (ImageBar bar = new ImageBar(seeds.size())) {
      for (int from = 0; from < seeds.size(); from += AT_ONCE) {
        long[] some = seeds.some(from, AT_ONCE);
        folder.add(sampler.images(some));
        bar.step(some.length);
      }
    }
  }
}
