package tsugiki.cli;

import static java.util.Objects.requireNonNullElse;

import com.google.common.collect.Lists;
import com.google.common.primitives.Longs;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.cluster.BulkEngine;
import tsugiki.cluster.BulkOptions;
import tsugiki.cluster.DrawnImages;
import tsugiki.cluster.PaintWork;
import tsugiki.cluster.SharedFolder;
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

  /**
   * The flags; {@code --seed} and {@code --count} are null where they were not given.
   *
   * @param count how many images
   * @param seed the first image's
   * @param seeds the images' seeds in place of both
   * @param upscale the factor by which images are enlarged
   * @param out the folder to write
   */
  record Flags(Integer count, Long seed, Seeds seeds, Integer upscale, Path out) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(Flags.class).option("out", option -> option.required(true));

    /** Beyond this a picture shows the filter and not the image. */
    private static final int MOST_UPSCALE = 8;

    /** Checks every value. */
    Flags {
      upscale = requireNonNullElse(upscale, 1);
      if (upscale < 1 || upscale > MOST_UPSCALE) {
        throw new BadInputException(
            "--upscale is %d; give a factor from 1 to %d".formatted(upscale, MOST_UPSCALE));
      }
      if (seeds != null && (seed != null || count != null)) {
        throw new BadInputException(
            "--seeds lists every image's seed; leave out --seed and --count beside it");
      }
    }

    /** The seeds of all images. */
    Seeds list() {
      return seeds != null
          ? seeds
          : Seeds.from(requireNonNullElse(seed, 0L), requireNonNullElse(count, 16));
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private SamplingOptions sampling;

  @Mixin private final FlagSection flags = new FlagSection("generate", Flags.ALL);

  @Mixin(name = "On a Spark cluster:")
  private final BulkFlags bulk = new BulkFlags();

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    BulkOptions spread = bulk.options();
    Flags given = Flags.ALL.read(spec);
    List<Long> seeds = given.list().asList();
    Path out = given.out();
    ImageFolder.refuseUsed(out);
    try (Sampler sampler = sampling.open();
        ImageFolder folder =
            ImageFolder.create(out, sampler.height(), sampler.width(), given.upscale())) {
      if (spread.given()) {
        paint(spread, seeds, given, folder);
      } else {
        paint(sampler, seeds, folder);
      }
      Path grid = folder.writeGrid();
      result.print(
          "%s in %s, the first ones together in %s", Counted.of(seeds.size(), "image"), out, grid);
      result.write(
          new Result(
              sampling.model().toString(),
              out.toString(),
              sampler.truncation().orElse(null),
              folder.names(),
              seeds,
              sampler.conditional() ? Lists.transform(seeds, sampler::label) : List.of(),
              grid.getFileName().toString()));
    }
  }

  private static void paint(Sampler sampler, List<Long> seeds, ImageFolder folder) {
    try (Progress bar = Progress.of("images", seeds.size())) {
      for (List<Long> some : Lists.partition(seeds, AT_ONCE)) {
        folder.add(sampler.images(Longs.toArray(some)));
        bar.step(some.size());
      }
    }
  }

  private void paint(BulkOptions spread, List<Long> seeds, Flags given, ImageFolder folder) {
    try (BulkEngine engine = BulkEngine.open(spread);
        SharedFolder shared = SharedFolder.mark(given.out());
        Progress bar = Progress.of("images", seeds.size())) {
      folder.expect(seeds.size());
      DrawnImages images = sampling.described(bulk.session(sampling.device()));
      engine.run(
          PaintWork.parts(seeds, spread.taskImages()),
          new PaintWork(images, shared, given.upscale()),
          painted -> {
            folder.added(painted.images(), painted.shown());
            bar.step(painted.images());
          });
    }
  }
}
