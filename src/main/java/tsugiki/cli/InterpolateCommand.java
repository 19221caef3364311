package tsugiki.cli;

import static java.util.Objects.requireNonNullElse;

import com.google.common.io.MoreFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graft.Inversion;
import tsugiki.report.AnimatedGif;
import tsugiki.report.ImageFolder;
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

  /** The flags; null where one was not given. */
  record Flags(
      String toClass, Long from, Path fromImage, Long to, Path toImage, Integer frames, Path out) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(Flags.class).option("out", option -> option.required(true));

    Flags {
      frames = requireNonNullElse(frames, 9);
    }

    /** Refuses what makes no picture. */
    void check() {
      checkEnd("from", from, fromImage);
      checkEnd("to", to, toImage);
      if (frames < 2 || frames > MOST_FRAMES) {
        throw new BadInputException(
            "--frames is " + frames + "; it must be from 2 to " + MOST_FRAMES);
      }
      if (isFolder()) {
        ImageFolder.refuseUsed(out);
      } else if (!isGif() && !out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
        throw new BadInputException(
            "--out "
                + out
                + " is no picture; name a file that ends in .png or .gif, or a folder for the frames of"
                + " a video");
      } else if (!AtomicFile.isWritable(out)) {
        throw new BadInputException(
            "--out " + out + " is not a file that can be written; name another");
      }
    }

    private static void checkEnd(String name, Long seed, Path image) {
      if ((seed == null) == (image == null)) {
        throw new BadInputException(
            "%s of --%s SEED and --%s-image F is needed; give one"
                .formatted(seed == null ? "one" : "only one", name, name));
      }
    }

    /** A name without an ending. */
    private boolean isFolder() {
      return MoreFiles.getFileExtension(out).isEmpty();
    }

    private boolean isGif() {
      return out.toString().toLowerCase(Locale.ROOT).endsWith(".gif");
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private SamplingOptions sampling;

  @Mixin private final FlagSection flags = new FlagSection("interpolate", Flags.ALL);
  @Mixin private InversionFlags search;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    given.check();
    UselessFlags.refuseUnless(
        given.fromImage != null || given.toImage != null,
        spec,
        InversionFlags.names(),
        "--from-image or --to-image");
    Optional<String> lastClass = Optional.ofNullable(given.toClass);
    Sampler.Image imageFrom = null;
    Sampler.Image imageTo = null;
    if (given.fromImage != null || given.toImage != null) {
      RgbImage from = image("fromImage", given.fromImage);
      RgbImage to = image("toImage", given.toImage);
      try (InversionFlags.Search search =
          InversionFlags.open(spec, sampling.model(), sampling.device())) {
        imageFrom = found(search, from, sampling.className());
        imageTo = found(search, to, lastClass.or(sampling::className));
      }
    }
    try (Sampler sampler = sampling.open();
        Phase drawing = Phase.begin("drawing and writing %d images".formatted(given.frames))) {
      Sampler.Image first = imageFrom != null ? imageFrom : sampler.image(given.from);
      Sampler.Image last =
          imageTo != null
              ? imageTo
              : lastClass
                  .map(name -> sampler.image(given.to, "--to-class", name))
                  .orElseGet(() -> sampler.image(given.to));
      byte[] images = sampler.interpolation(first, last, given.frames);
      write(images, given, sampler.height(), sampler.width());
      result.print(
          "%d images from %s to %s in %s",
          given.frames, end(given.from, given.fromImage), end(given.to, given.toImage), given.out);
      result.write(
          new Result(
              sampling.model().toString(),
              given.out.toString(),
              given.frames,
              sampler.truncation().orElse(null),
              Arrays.asList(given.from, given.to),
              Stream.of(given.fromImage, given.toImage)
                  .map(f -> f == null ? null : f.toString())
                  .toList(),
              sampler.conditional() ? List.of(first.label(), last.label()) : List.of()));
    }
  }

  /** The image of a file; null without one. */
  private static RgbImage image(String argument, Path file) {
    return file == null ? null : ImageSource.single(argument, file);
  }

  /** The latent vector of an image; null without one. */
  private static Sampler.Image found(
      InversionFlags.Search search, RgbImage image, Optional<String> className) {
    if (image == null) {
      return null;
    }
    Inversion.Found found = search.find(image, className.orElse(null));
    return new Sampler.Image(found.latent(), found.label());
  }

  private static String end(Long seed, Path image) {
    return image != null ? image.toString() : "seed " + seed;
  }

  /** A video's sides are even, since its colours are kept for squares of four pixels. */
  static void writeFrames(byte[] images, Path out, int height, int width) {
    int scale = height % 2 == 0 && width % 2 == 0 ? 1 : 2;
    try (ImageFolder folder = ImageFolder.create(out, height, width, scale)) {
      folder.add(images);
      folder.finish();
    }
  }

  private static void write(byte[] images, Flags given, int height, int width) {
    int scale = Pictures.readableScale(height, width);
    int frames = given.frames;
    if (given.isFolder()) {
      writeFrames(images, given.out, height, width);
    } else if (given.isGif()) {
      AnimatedGif.write(images, frames, height, width, scale, MILLIS_PER_FRAME, given.out);
    } else {
      ImageGrid.write(ImageGrid.strip(images, frames, height, width, GAP, scale), given.out);
    }
  }
}
