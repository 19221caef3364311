package tsugiki.augmentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tsugiki.augment.EnlargementPlan;
import tsugiki.augment.StaticPolicy;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.SystemRefusal;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.report.ImageFolder;
import tsugiki.report.Pictures;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.train.RunDirectory;

/**
 * A dataset enlarged by static policies: the images' own files, byte for byte, and beside each its
 * copies as PNG; {@value #MANIFEST} says what every file is, and {@code options.json} how it was
 * made. The same images, options and seed give the same bytes.
 */
public final class EnlargedDataset {
  /** The table of all files. */
  public static final String MANIFEST = "manifest.csv";

  /** Images that are drawn before they are written. */
  private static final int AT_ONCE = 64;

  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  /**
   * What was written.
   *
   * @param out the folder
   * @param images the images that were there
   * @param copies the images that were added
   */
  public record Result(String out, int images, int copies) {}

  /**
   * A file of the dataset beside the images' own.
   *
   * @param image the image that it is a copy of, or whose place a drawn one takes
   * @param detail the seed of a drawn image, the factor of contrast, or nothing
   * @param number of the copy in the plan
   */
  private record Row(
      String file, String className, String image, StaticPolicy policy, String detail, int number) {
    boolean drawn() {
      return policy == StaticPolicy.GENERATED;
    }

    /** A line of the manifest. */
    List<String> cells() {
      return List.of(file, className, drawn() ? "" : image, policy.toString(), detail);
    }
  }

  private final AugmentOptions options;
  private final ImageSource source;
  private final List<String> classes;
  private final EnlargementPlan plan;
  private final List<Row> rows;

  /**
   * Plans every file.
   *
   * @param source the images of the options that can be used; the caller closes it
   */
  public EnlargedDataset(AugmentOptions options, ImageSource source) {
    this.options = options;
    this.source = source;
    classes = source.classNames();
    plan = new EnlargementPlan(source.count(), options.policy(), options.seed());
    rows = rows();
  }

  private List<Row> rows() {
    int count = options.count() == 0 ? source.count() : options.count();
    int[] labels = source.labels();
    CopyNames names = new CopyNames(source.names());
    List<Row> planned = new ArrayList<>(count);
    long seed = options.seed();
    for (int number = 0; number < count; number++) {
      EnlargementPlan.Copy copy = plan.copy(number);
      String image = source.names().get(copy.image());
      String className = classes.get(labels[copy.image()]);
      if (copy.policy() == StaticPolicy.GENERATED) {
        String detail = Long.toString(seed);
        planned.add(
            new Row(
                names.generated(image, seed++), className, image, copy.policy(), detail, number));
      } else {
        String detail =
            copy.policy() == StaticPolicy.CONTRAST
                ? String.format(Locale.ROOT, "%.6f", plan.contrastFactor(number))
                : "";
        String file = names.copy(image, copy.policy().toString());
        planned.add(new Row(file, className, image, copy.policy(), detail, number));
      }
    }
    return planned;
  }

  /** How many copies will be added. */
  public int copies() {
    return rows.size();
  }

  /**
   * Writes it. Until all of it is on the disk it lies beside its place under a hidden name, so that
   * a failure leaves nothing there.
   *
   * @param out a new or empty folder
   * @param settings of the generator's session, taken only where there is one
   * @param written takes the number of files, as they are written, from several threads
   * @throws BadInputException if the folder is used, an image cannot be read, or the generator
   *     cannot draw for these images
   */
  public Result write(Path out, Supplier<Sessions.Settings> settings, IntConsumer written) {
    ImageFolder.refuseUsed(out);
    try (DurableFolder folder = DurableFolder.create(out)) {
      draw(folder.draft(), settings, written);
      copy(folder.draft(), written);
      writeOriginals(folder.draft(), written);
      Files.writeString(folder.draft().resolve("options.json"), RunDirectory.json(options));
      writeManifest(folder.draft().resolve(MANIFEST));
      folder.publish();
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(out, e);
    }
    return new Result(out.toString(), source.count(), rows.size());
  }

  private void writeOriginals(Path folder, IntConsumer written) {
    each(
        source.count(),
        i -> {
          Path file = folder.resolve(source.names().get(i));
          Files.createDirectories(file.getParent());
          Files.write(file, source.encoded(i));
          written.accept(1);
        });
  }

  private void copy(Path folder, IntConsumer written) {
    List<Row> changed = rows.stream().filter(row -> !row.drawn()).toList();
    each(
        changed.size(),
        i -> {
          Row row = changed.get(i);
          RgbImage image = source.read(plan.copy(row.number()).image());
          write(row.policy().apply(image, plan.contrastFactor(row.number())), folder, row);
          written.accept(1);
        });
  }

  private void draw(Path folder, Supplier<Sessions.Settings> settings, IntConsumer written) {
    if (options.generator().isEmpty()) {
      return;
    }
    List<Row> drawn = rows.stream().filter(Row::drawn).toList();
    double truncation = options.truncation() > 0 ? options.truncation() : LatentDraws.UNTRUNCATED;
    LoadedGenerator generator = LoadedGenerator.open(Path.of(options.generator()), settings.get());
    try (CopyDraws draws = new CopyDraws(generator, truncation, classes)) {
      for (int from = 0; from < drawn.size(); from += AT_ONCE) {
        List<Row> some = drawn.subList(from, Math.min(drawn.size(), from + AT_ONCE));
        List<RgbImage> images =
            draws.draw(
                some.stream().map(Row::className).toList(),
                some.stream().mapToLong(row -> Long.parseLong(row.detail())).toArray());
        each(some.size(), i -> write(images.get(i), folder, some.get(i)));
        written.accept(some.size());
      }
    }
  }

  private static void write(RgbImage image, Path folder, Row row) {
    Pictures.writePng(
        Pictures.of(image.rgb(), 0, image.height(), image.width(), 1), folder.resolve(row.file()));
  }

  private void writeManifest(Path file) throws IOException {
    int[] labels = source.labels();
    try (CSVPrinter csv =
        new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), CSV)) {
      csv.printRecord("file", "class", "image", "policy", "detail");
      for (int i = 0; i < source.count(); i++) {
        String name = source.names().get(i);
        csv.printRecord(name, classes.get(labels[i]), name, "", "");
      }
      for (Row row : rows) {
        csv.printRecord(row.cells());
      }
    }
  }

  /** What is done with one of many files. */
  @FunctionalInterface
  private interface Task {
    void run(int index) throws IOException;
  }

  /**
   * On all cores. A failure ends it, when no other core writes any more: until then the folder
   * cannot be removed.
   */
  private static void each(int count, Task task) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    IntStream.range(0, count)
        .parallel()
        .filter(i -> failure.get() == null)
        .forEach(
            i -> {
              try {
                task.run(i);
              } catch (IOException e) {
                failure.set(new UncheckedIOException(e));
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    if (failure.get() != null) {
      throw failure.get();
    }
  }
}
