package tsugiki.data;

import com.google.common.base.Splitter;
import com.google.common.math.LongMath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * Image files in a zip, read one at a time and never unpacked to disk.
 *
 * <p>The whole directory is checked on opening: a zip with too many entries, too many bytes, an
 * entry that unpacks to far more than it takes, or a name that leads out of the archive is refused.
 *
 * <p>A {@code \} in a name parts folders as {@code /} does: the Compress-Archive of Windows
 * PowerShell 5.1 writes it.
 */
final class ZipFiles implements ImageFiles {
  /**
   * What a zip may hold.
   *
   * @param entries how many entries
   * @param totalBytes unpacked, all entries together
   * @param ratio unpacked to packed, for entries of more than {@link #RATIO_FREE_BYTES}
   */
  record Limits(int entries, long totalBytes, long ratio) {
    /** Room for ImageNet; images hardly compress, an empty bitmap does 1,000 to 1. */
    static final Limits DEFAULT = new Limits(2_000_000, 256L << 30, 200);
  }

  /** Small files are harmless at any ratio. */
  static final long RATIO_FREE_BYTES = 1L << 20;

  private final Path path;
  private final String folder;
  private final ZipFile zip;
  private final List<String> names;

  /** What the zip calls entries, where that is another name than ours. */
  private final Map<String, String> stored = new HashMap<>();

  private final LeftOutFiles leftOut = new LeftOutFiles();

  private ZipFiles(Path path, String folder, ZipFile zip) {
    this.path = path;
    this.folder = folder;
    this.zip = zip;
    this.names =
        zip.stream()
            .map(entry -> slashed(entry.getName()))
            .filter(name -> !name.endsWith("/") && name.startsWith(folder))
            .map(name -> name.substring(folder.length()))
            .filter(this::isTaken)
            .filter(once())
            .sorted()
            .toList();
  }

  /** Takes the first of a name. */
  private Predicate<String> once() {
    Set<String> taken = new HashSet<>();
    return name -> {
      boolean first = taken.add(name);
      if (!first) {
        leftOut.add(name, "another entry has this name");
      }
      return first;
    };
  }

  private String slashed(String name) {
    String slashed = name.replace('\\', '/');
    if (!slashed.equals(name)) {
      stored.put(slashed, name);
    }
    return slashed;
  }

  private boolean isTaken(String name) {
    if (!ImageFormats.isImageName(name)) {
      leftOut.add(name);
      return false;
    }
    return !ImageFormats.isHidden(name);
  }

  /**
   * Opens a zip and checks its directory.
   *
   * @param path the zip file
   * @param folder which folder in it to take, ending with '/'; empty for all
   */
  static ZipFiles open(Path path, String folder, Limits limits) {
    ZipFile zip = openZip(path);
    try {
      checkEntries(path, Collections.list(zip.entries()), limits);
      return new ZipFiles(path, folder, zip);
    } catch (RuntimeException e) {
      closeQuietly(zip, e);
      throw e;
    }
  }

  private static ZipFile openZip(Path path) {
    try {
      return new ZipFile(path.toFile());
    } catch (IOException e) {
      throw new BadInputException(
          "'%s' cannot be opened as a zip (%s); make or download it again"
              .formatted(path, Reason.of(e)),
          e);
    }
  }

  private static void closeQuietly(ZipFile zip, RuntimeException reason) {
    try {
      zip.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void checkEntries(Path path, List<? extends ZipEntry> entries, Limits limits) {
    if (entries.size() > limits.entries()) {
      throw new BadInputException(
          "zip '%s' has %d entries, more than the %d that are read; split it"
              .formatted(path, entries.size(), limits.entries()));
    }
    long total = 0;
    for (ZipEntry entry : entries) {
      checkName(path, entry.getName());
      checkRatio(path, entry, limits.ratio());
      total = LongMath.saturatedAdd(total, entry.getSize());
    }
    if (total > limits.totalBytes()) {
      throw new BadInputException(
          "zip '%s' unpacks to %d MiB, more than the %d MiB that are read; split it"
              .formatted(path, total >> 20, limits.totalBytes() >> 20));
    }
  }

  private static void checkName(Path path, String name) {
    String slashed = name.replace('\\', '/');
    boolean absolute = slashed.startsWith("/") || slashed.matches("[A-Za-z]:/.*");
    if (absolute || Splitter.on('/').splitToList(slashed).contains("..")) {
      throw new BadInputException(
          "zip '%s' has an entry '%s' that leads out of the archive; make the zip again without it"
              .formatted(path, name));
    }
  }

  private static void checkRatio(Path path, ZipEntry entry, long ratio) {
    long packed = Math.max(1, entry.getCompressedSize());
    if (entry.getSize() > RATIO_FREE_BYTES && entry.getSize() / packed > ratio) {
      throw new BadInputException(
          "zip '%s' has an entry '%s' that unpacks to %d times its size, more than %d; remove it"
              .formatted(path, entry.getName(), entry.getSize() / packed, ratio));
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public LeftOutFiles leftOut() {
    return leftOut;
  }

  @Override
  public String describe(String name) {
    return path + "/" + folder + name;
  }

  @Override
  public byte[] read(String name) throws IOException {
    String slashed = folder + name;
    ZipEntry entry = zip.getEntry(stored.getOrDefault(slashed, slashed));
    ImageDecoder.checkBytes(describe(name), entry.getSize());
    try (InputStream in = zip.getInputStream(entry)) {
      // One byte more than declared is enough to catch an entry that lies about its size.
      byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
      if (bytes.length != entry.getSize()) {
        throw new ZipException("it does not have the size in the zip's directory");
      }
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
