package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.graft.Inversion;
import tsugiki.report.AnimatedGif;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.Sampler;

/** The verb {@code interpolate}. */
@Command(
    name = "interpolate",
    description = {
      "Walks from the image of one seed to that of another, and from class to class. The first and"
          + " the last image are those that generate paints for these seeds. Either end can be an"
          + " image file instead of a seed."
    },
    sortOptions = false)
final class InterpolateCommand implements Runnable {
  /** All frames are in memory, and a longer strip would be too wide to view. */
  private static final int MOST_FRAMES = 240;

  private static final int GAP = 2;
  private static final int MILLIS_PER_FRAME = 100;

  /**
   * What {@code --json} writes.
   *
   * @param model the SavedModel's folder
   * @param out the file
   * @param frames how many
   * @param truncation the limit of the ends' entries, null for none
   * @param seeds of the two ends, null for an end that is an image
   * @param images of the two ends, null for an end that is a seed
   * @param labels of the two ends, empty for a model without classes
   */
  record Result(
      String model,
      String out,
      int frames,
      Double truncation,
      List<Long> seeds,
      List<String> images,
      List<Long> labels) {}

  @Spec private CommandSpec spec;
  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--to-class",
      paramLabel = "C",
      description = "The last image's class, if it is another than the first one's.")
  private String toClass;

  @Option(names = "--from", paramLabel = "SEED", description = "The seed of the first image.")
  private Long from;

  @Option(
      names = "--from-image",
      paramLabel = "F",
      description =
          "Begin at this image instead, as invert finds it: any, or one of a graft's own.")
  private Path fromImage;

  @Option(names = "--to", paramLabel = "SEED", description = "The seed of the last image.")
  private Long to;

  @Option(names = "--to-image", paramLabel = "F", description = "End at this image instead.")
  private Path toImage;

  @Mixin private InversionFlags search;

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "9",
      description =
          "How many images, both ends among them: 2 to "
              + MOST_FRAMES
              + ". Default: ${DEFAULT-VALUE}.")
  private int frames;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to write: .png for a strip, .gif for an animation.")
  private Path out;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    check();
    Sampler.Image imageFrom = found("--from-image", fromImage, sampling.className());
    Sampler.Image imageTo =
        found("--to-image", toImage, Optional.ofNullable(toClass).or(sampling::className));
    try (Sampler sampler = sampling.open()) {
      Sampler.Image first = imageFrom != null ? imageFrom : sampler.image(from);
      Sampler.Image last = imageTo != null ? imageTo : ofSeed(sampler);
      write(sampler.interpolation(first, last, frames), sampler.height(), sampler.width());
      PrintWriter print = spec.commandLine().getOut();
      print.printf(
          "%d images from %s to %s in %s%n", frames, end(from, fromImage), end(to, toImage), out);
      print.flush();
      result.write(
          new Result(
              sampling.model().toString(),
              out.toString(),
              frames,
              sampling.truncation().orElse(null),
              Arrays.asList(from, to),
              Stream.of(fromImage, toImage).map(f -> f == null ? null : f.toString()).toList(),
              sampler.conditional() ? List.of(first.label(), last.label()) : List.of()));
    }
  }

  private Sampler.Image ofSeed(Sampler sampler) {
    return toClass == null ? sampler.image(to) : sampler.image(to, "--to-class", toClass);
  }

  /** The latent vector of an image; null without one. */
  private Sampler.Image found(String flag, Path image, Optional<String> className) {
    if (image == null) {
      return null;
    }
    Inversion.Found found =
        search.find(sampling.model(), flag, image, className, sampling.device());
    return new Sampler.Image(found.latent(), found.label());
  }

  private static String end(Long seed, Path image) {
    return image != null ? image.toString() : "seed " + seed;
  }

  private void check() {
    checkEnd("from", from, fromImage);
    checkEnd("to", to, toImage);
    if (frames < 2 || frames > MOST_FRAMES) {
      throw new BadInputException(
          "--frames is " + frames + "; it must be from 2 to " + MOST_FRAMES);
    }
    if (!isGif() && !out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new BadInputException(
          "--out " + out + " is no picture; name a file that ends in .png or .gif");
    }
  }

  private static void checkEnd(String name, Long seed, Path image) {
    if ((seed == null) == (image == null)) {
      throw new BadInputException(
          "%s of --%s SEED and --%s-image F is needed; give one"
              .formatted(seed == null ? "one" : "only one", name, name));
    }
  }

  private boolean isGif() {
    return out.toString().toLowerCase(Locale.ROOT).endsWith(".gif");
  }

  private void write(byte[] images, int height, int width) {
    int scale = Pictures.readableScale(height, width);
    if (isGif()) {
      AnimatedGif.write(images, frames, height, width, scale, MILLIS_PER_FRAME, out);
    } else {
      ImageGrid.write(ImageGrid.strip(images, frames, height, width, GAP, scale), out);
    }
  }
}
