package tsugiki.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.Reason;

/**
 * A folder of images numbered in the order of adding, {@code 000000.png} and on, and {@code
 * grid.png} with the first {@link #IN_GRID} together. However many are added, no more than those
 * are kept in memory. Until its grid is written or {@link #finish} is called, it is not finished,
 * and closing it removes what it wrote.
 */
public final class ImageFolder implements AutoCloseable {
  /** As many images as a person looks at together. */
  public static final int IN_GRID = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
  private static final int CHANNELS = 3;
  private static final int GAP = 2;
  private static final String GRID = "grid.png";

  private final Path folder;
  private final int height;
  private final int width;
  private final int scale;
  private final boolean made;
  private byte[] first = {};
  private int count;
  private int expected;
  private boolean finished;

  private ImageFolder(Path folder, boolean made, int height, int width, int scale) {
    this.made = made;
    this.folder = folder;
    this.height = height;
    this.width = width;
    this.scale = scale;
  }

  /**
   * Checks that images could be written there, without making anything. A folder that holds other
   * files is refused: images of another run among them would be taken for these.
   *
   * @throws BadInputException if something is there already
   */
  public static void refuseUsed(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException("⟨out⟩ " + folder + " is a file; name a new folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new BadInputException(
            "⟨out⟩ " + folder + " is not empty; name a new folder, or an empty one");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the folder " + folder, e);
    }
  }

  /**
   * Begins a folder.
   *
   * @param folder new or empty
   * @param height rows of every image
   * @param width columns of every image
   * @param scale the factor by which images are enlarged before they are written, at least 1
   * @throws BadInputException if it cannot be made or holds something
   */
  public static ImageFolder create(Path folder, int height, int width, int scale) {
    Checks.atLeast("scale", scale, 1);
    refuseUsed(folder);
    boolean made = !Files.exists(folder);
    AtomicFile.makeFolder(folder);
    return new ImageFolder(folder, made, height, width, scale);
  }

  /**
   * Writes more images.
   *
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   */
  public void add(byte[] nhwc) {
    int images = nhwc.length / (height * width * CHANNELS);
    // If one of them cannot be written, those before it are removed too.
    expected = Math.max(expected, count + images);
    write(folder, count, nhwc, height, width, scale);
    added(images, nhwc);
  }

  /** Says how many images other processes may write; so many are removed if it is not finished. */
  public void expect(int images) {
    expected = images;
  }

  /**
   * Takes note of images that another process has written behind the last ones by {@link #write}.
   *
   * @param images how many
   * @param nhwc the pixels of the first of them, as far as the grid shows them
   */
  public void added(int images, byte[] nhwc) {
    int size = height * width * CHANNELS;
    count += images;
    int room = Math.min(IN_GRID * size - first.length, nhwc.length);
    first = Arrays.copyOf(first, first.length + room);
    System.arraycopy(nhwc, 0, first, first.length - room, room);
  }

  /**
   * Writes images into a folder that another process has begun.
   *
   * @param first the number of the first
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   */
  public static void write(Path folder, int first, byte[] nhwc, int height, int width, int scale) {
    int size = height * width * CHANNELS;
    for (int i = 0; i < nhwc.length / size; i++) {
      Pictures.writePng(
          Pictures.of(nhwc, i, height, width, scale), folder.resolve(name(first + i)));
    }
  }

  /**
   * Writes the grid, as square as the number of its images allows.
   *
   * @return its file
   */
  public Path writeGrid() {
    int shown = Math.min(count, IN_GRID);
    int columns = (int) Math.ceil(Math.sqrt(shown));
    Path file = folder.resolve(GRID);
    int readable = Math.max(scale, Pictures.readableScale(height, width));
    ImageGrid.write(ImageGrid.of(first, shown, height, width, columns, GAP, readable), file);
    finished = true;
    return file;
  }

  /** Ends a folder that has no grid, such as one of a video's frames. */
  public void finish() {
    finished = true;
  }

  /**
   * Removes the images of a folder that was not finished, and the folder if it was made for them.
   */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      for (int i = 0; i < Math.max(count, expected); i++) {
        Files.deleteIfExists(folder.resolve(name(i)));
      }
      if (made) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // What stopped the work is what the user has to know.
      LOG.warn("{} could not be removed: {}", folder, Reason.of(e));
    }
  }

  /** The names of the images written so far, in order; computed, not stored. */
  public List<String> names() {
    int written = count;
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return name(index);
      }

      @Override
      public int size() {
        return written;
      }
    };
  }

  private static String name(int index) {
    return String.format(Locale.ROOT, "%06d.png", index);
  }
}
