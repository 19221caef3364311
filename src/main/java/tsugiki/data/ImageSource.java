package tsugiki.data;

import com.google.common.io.MoreFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.io.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The images of a folder (however deep), of a zip or of a folder in a zip, of the published files
 * of MNIST or CIFAR-10, or one image file, in file order: sorted by relative path, with '/' between
 * folders, compared by UTF-16 code units, the same on every machine. Hidden files and files that
 * are no images are left out.
 *
 * <p>Images are decoded on demand. The first folder level gives the classes, sorted by name; images
 * that lie in no folder are of a class named after the source.
 *
 * <p>All methods may be called from several threads. A source keeps its zip open until it is
 * closed; sources made from it by {@link #limit} share it.
 */
public final class ImageSource implements Iterable<RgbImage>, ImageSupply, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSource.class);

  private final Path path;
  private final ImageFiles files;
  private final List<String> names;
  private final String rootClass;
  private final Crop crop;

  private ImageSource(Path path, ImageFiles files, List<String> names, Crop crop) {
    Path absolute = path.toAbsolutePath().normalize();
    this.rootClass =
        Files.isDirectory(absolute)
            ? String.valueOf(absolute.getFileName())
            : MoreFiles.getNameWithoutExtension(absolute);
    this.path = path;
    this.files = files;
    this.names = names;
    this.crop = crop;
  }

  /**
   * Opens a source.
   *
   * @param path a folder, a zip, a folder in a zip ({@code cifar10.zip/train}), an image file, or
   *     one of the files {@code train-images-idx3-ubyte.gz}, {@code data_batch_1.bin} and the like
   *     or their folder
   * @return its images, at least one
   * @throws BadInputException if there is nothing, nothing that can be read, or no image
   */
  public static ImageSource open(Path path) {
    ImageFiles files = ImagePlaces.find(path);
    if (files.names().isEmpty()) {
      IOUtils.closeQuietly(files);
      throw new BadInputException(
          "'%s' holds no image%s; put %s files there (%s)"
              .formatted(
                  path,
                  files.leftOut().words().map(others -> ", but " + others).orElse(""),
                  ImageFormats.LISTED,
                  String.join(", ", ImageFormats.EXTENSIONS)));
    }
    files.leftOut().warn(LOG, path, files.names().size());
    return new ImageSource(path, files, files.names(), Crop.NONE);
  }

  /**
   * Opens some images of a source that another process has listed. A folder is not listed again.
   *
   * @param names of images out of {@link #names}, at least one, in their order
   */
  public static ImageSource open(Path path, List<String> names) {
    ImageFiles files =
        Files.isDirectory(path) && Files.isRegularFile(path.resolve(names.get(0)))
            ? new FolderFiles(path, names, new LeftOutFiles())
            : ImagePlaces.find(path);
    return new ImageSource(path, files, List.copyOf(names), Crop.NONE);
  }

  /**
   * Reads the image of a source that holds one.
   *
   * @param argument that named the path, for the message
   * @param path as {@link #open} takes it
   * @throws BadInputException if it holds several, or the image cannot be read
   */
  public static RgbImage single(String argument, Path path) {
    try (ImageSource source = open(path)) {
      if (source.count() != 1) {
        throw new BadInputException(
            "⟨%s⟩ %s holds %d images; name one image".formatted(argument, path, source.count()));
      }
      return source.read(0);
    }
  }

  /**
   * Returns the first images of this source.
   *
   * @param n how many, at least 1; more than there are means all
   * @return a source of the first {@code n} in file order, which shares this one's files; its
   *     classes are those of the images that are left
   */
  public ImageSource limit(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("a limit of %d leaves no image".formatted(n));
    }
    return new ImageSource(path, files, names.subList(0, Math.min(n, names.size())), crop);
  }

  /**
   * Returns the images of some classes.
   *
   * @param classes names out of {@link #classNames}, at least one
   * @return a source of these images in file order, which shares this one's files
   */
  public ImageSource only(Set<String> classes) {
    List<String> kept = names.stream().filter(name -> classes.contains(className(name))).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException("none of the classes " + classes + " has an image");
    }
    return new ImageSource(path, files, kept, crop);
  }

  /**
   * Returns this source without some of its images.
   *
   * @param left which names to leave out
   * @return a source of the others in file order, which shares this one's files; at least one
   */
  public ImageSource without(Predicate<String> left) {
    List<String> kept = names.stream().filter(left.negate()).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException("no image is left of " + this);
    }
    return new ImageSource(path, files, kept, crop);
  }

  /** Returns the images of some names, at least one, as a source that shares this one's files. */
  public ImageSource of(List<String> some) {
    return new ImageSource(path, files, List.copyOf(some), crop);
  }

  /** Returns the same images, each read as the part of it that is used. */
  public ImageSource cropped(Crop part) {
    return new ImageSource(path, files, names, part);
  }

  /** Returns the path that was opened. */
  public Path path() {
    return path;
  }

  /** Whether an image is read as its file has it. */
  public boolean whole() {
    return crop == Crop.NONE;
  }

  /**
   * Counts images that are not square by the headers of their files, without decoding them.
   *
   * @param most files that are opened at most, spread evenly over the source
   * @return how many of them; what cannot be read does not count
   */
  public long notSquare(int most) {
    int opened = Math.min(most, count());
    return IntStream.range(0, opened)
        .parallel()
        .map(i -> (int) ((long) i * count() / opened))
        .filter(i -> !ImageDecoder.isSquare(describe(i), encoded(i)))
        .count();
  }

  /** Returns how many images there are. */
  @Override
  public int count() {
    return names.size();
  }

  /** Returns the images' names: their paths in the source, with '/' between folders. */
  public List<String> names() {
    return names;
  }

  /** Returns the classes' names, sorted: the folders of the first level. */
  public List<String> classNames() {
    return names.stream().map(this::className).distinct().sorted().toList();
  }

  /** Returns each image's class [count], as an index into {@link #classNames}. */
  public int[] labels() {
    List<String> classes = classNames();
    // Not a search through the list for every image: ImageNet has 1,000 classes.
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(name -> index.put(name, index.size()));
    return names.stream().map(this::className).mapToInt(index::get).toArray();
  }

  private String className(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? rootClass : name.substring(0, slash);
  }

  /**
   * Reads and decodes one image.
   *
   * @param index 0 to {@link #count} − 1, in file order
   * @return the image, upright, in its own size
   * @throws BadInputException if the file cannot be read or decoded
   */
  public RgbImage read(int index) {
    return read(index, byte[]::new);
  }

  /** Reads and decodes one image into a buffer of the caller's; otherwise as {@link #read(int)}. */
  @Override
  public RgbImage read(int index, IntFunction<byte[]> buffers) {
    return withFile(index, name -> crop.of(files.image(name, buffers)));
  }

  /**
   * Reads one image's file.
   *
   * @param index 0 to {@link #count} − 1, in file order
   * @return its bytes, not decoded
   * @throws BadInputException if it cannot be read
   */
  public byte[] encoded(int index) {
    return withFile(index, files::read);
  }

  /** What is done with an image's file. */
  @FunctionalInterface
  private interface FileTask<T> {
    T on(String name) throws IOException;
  }

  private <T> T withFile(int index, FileTask<T> task) {
    String name = names.get(index);
    try {
      return task.on(name);
    } catch (IOException e) {
      throw new BadInputException(
          "'%s' cannot be read (%s); check the file and its permissions"
              .formatted(files.describe(name), Reason.of(e)),
          e);
    }
  }

  /** What to call an image in a sentence for the user. */
  @Override
  public String describe(int index) {
    return files.describe(names.get(index));
  }

  /** Returns the images one by one, decoded on demand. */
  @Override
  public Iterator<RgbImage> iterator() {
    return IntStream.range(0, count()).mapToObj(this::read).iterator();
  }

  /** Closes the zip, where there is one. */
  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the path that was opened. */
  @Override
  public String toString() {
    return path.toString();
  }
}
