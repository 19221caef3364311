package tsugiki.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.data.ArrayFiles.ArrayImages;

/**
 * The published files of MNIST (LeCun et al. 1998: IDX, gzipped or not, the labels' file beside the
 * images') and of CIFAR-10 (Krizhevsky 2009: the binary version). A folder of them stands for its
 * training images; the file of the test images can be named itself.
 */
final class ArrayDatasets {
  private static final Pattern IDX = Pattern.compile("(.*)(images|labels)([.-])idx[13](.*)");
  private static final Pattern CIFAR = Pattern.compile("(data_batch_\\d+|test_batch)\\.bin");
  private static final Pattern TRAINING =
      Pattern.compile("(train.*images[.-]idx3.*)|(data_batch_\\d+\\.bin)");

  private static final int CIFAR_SIDE = 32;
  private static final int PLANE = CIFAR_SIDE * CIFAR_SIDE;
  private static final int CIFAR_RECORD = 1 + RgbImage.CHANNELS * PLANE;
  private static final String CIFAR_NAMES = "batches.meta.txt";
  private static final List<String> CIFAR_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private ArrayDatasets() {}

  /**
   * The images of a file.
   *
   * @return empty if its name is none of such a file
   * @throws BadInputException if it is damaged, or its labels do not belong to it
   */
  static Optional<ImageFiles> file(Path file) {
    String name = file.getFileName().toString();
    Matcher idx = IDX.matcher(name);
    if (idx.matches()) {
      if (idx.group(2).equals("labels")) {
        throw new BadInputException(
            "'%s' holds labels; name the file with the images beside it".formatted(file));
      }
      return Optional.of(mnist(file, idx));
    }
    return CIFAR.matcher(name).matches()
        ? Optional.of(cifar(file.toString(), List.of(file)))
        : Optional.empty();
  }

  /**
   * The training images of a folder.
   *
   * @return empty if it holds none of these datasets
   */
  static Optional<ImageFiles> folder(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(file -> TRAINING.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "folder '%s' cannot be listed (%s); check its permissions"
              .formatted(folder, Reason.of(e)),
          e);
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    boolean cifar = CIFAR.matcher(files.get(0).getFileName().toString()).matches();
    return cifar ? Optional.of(cifar(folder.toString(), files)) : file(files.get(0));
  }

  private static ImageFiles mnist(Path file, Matcher name) {
    IdxArray images = IdxArray.read(file, 3);
    int count = images.shape()[0];
    int length = images.shape()[1] * images.shape()[2];
    int[] first = IntStream.range(0, count).map(i -> i * length).toArray();
    return new ArrayFiles(
        file.toString(),
        new ArrayImages(images.shape()[1], images.shape()[2], images.values(), first, 0, 1),
        digits(file, labels(file, name), count));
  }

  private static Path labels(Path file, Matcher name) {
    String other = name.group(1) + "labels" + name.group(3) + "idx1" + name.group(4);
    return file.resolveSibling(other);
  }

  private static List<String> digits(Path images, Path labels, int count) {
    if (!Files.isRegularFile(labels)) {
      throw new BadInputException(
          "'%s' has no labels: there is no %s beside it; get that file too"
              .formatted(images, labels.getFileName()));
    }
    byte[] values = IdxArray.read(labels, 1).values();
    if (values.length != count) {
      throw new BadInputException(
          "'%s' holds %d labels and '%s' %d images; get the files that belong together"
              .formatted(labels, values.length, images, count));
    }
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString(Byte.toUnsignedInt(values[i])))
        .toList();
  }

  private static ImageFiles cifar(String description, List<Path> files) {
    List<String> names = cifarClasses(files.get(0).resolveSibling(CIFAR_NAMES));
    List<byte[]> parts = files.stream().map(ArrayDatasets::records).toList();
    byte[] samples = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int filled = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, samples, filled, part.length);
      filled += part.length;
    }
    int count = samples.length / CIFAR_RECORD;
    List<String> classes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int label = Byte.toUnsignedInt(samples[i * CIFAR_RECORD]);
      if (label >= names.size()) {
        throw new BadInputException(
            "image %d of '%s' has the label %d, and there are %d classes; get the file again"
                .formatted(i, description, label, names.size()));
      }
      classes.add(names.get(label));
    }
    int[] first = IntStream.range(0, count).map(i -> i * CIFAR_RECORD + 1).toArray();
    return new ArrayFiles(
        description, new ArrayImages(CIFAR_SIDE, CIFAR_SIDE, samples, first, PLANE, 1), classes);
  }

  private static byte[] records(Path file) {
    try {
      long size = Files.size(file);
      ImageDecoder.checkBytes(file.toString(), size);
      if (size == 0 || size % CIFAR_RECORD != 0) {
        throw new BadInputException(
            "'%s' has %d bytes, which is no whole number of images of %d; get it again"
                .formatted(file, size, CIFAR_RECORD));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInputException(
          "'%s' cannot be read (%s); check the file and its permissions"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  private static List<String> cifarClasses(Path names) {
    if (!Files.isRegularFile(names)) {
      return CIFAR_CLASSES;
    }
    try {
      // Files.lines reads nothing in a thread that is interrupted.
      return Files.readString(names)
          .lines()
          .map(line -> line.strip().toLowerCase(Locale.ROOT).replace('/', '_'))
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "'%s' cannot be read (%s); remove it or get it again".formatted(names, Reason.of(e)), e);
    }
  }
}
