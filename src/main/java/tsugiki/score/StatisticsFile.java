package tsugiki.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.base.Reason;

/**
 * Reference statistics in NumPy's {@code .npz}: {@code mu} [D] and {@code sigma} [D, D] in float64,
 * as pytorch-fid and TTUR read and write them. Files of this project hold the number of images too,
 * as {@code count} [1], which other programs ignore; a {@code count} of other programs may be of
 * any type and have no axis.
 */
public final class StatisticsFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatisticsFile.class);

  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";
  private static final String COUNT = "count";

  /** Up to here float64 holds every whole number. */
  private static final double MOST_IMAGES = 1L << 53;

  private StatisticsFile() {}

  /**
   * Reads statistics.
   *
   * @throws BadInputException if the file cannot be read, lacks one of the two arrays, or they do
   *     not fit each other
   */
  public static GaussianStatistics read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      NumpyFile covariance = array(file, zip, COVARIANCE);
      NumpyFile mean = array(file, zip, MEAN);
      return GaussianStatistics.of(
          file.toString(), count(file, zip), mean.doubles(), covariance.doubles());
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read as .npz (%s); give statistics with mu and sigma, as ⟨saveStatistics⟩ writes them"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /** The number of images; 0 where the file has none, or something that is no such number. */
  private static long count(Path file, ZipFile zip) throws IOException {
    if (zip.getEntry(COUNT + ".npy") == null) {
      return 0;
    }
    try {
      double[] values = array(file, zip, COUNT).doubles();
      boolean isCount = values.length == 1 && values[0] >= 0 && values[0] <= MOST_IMAGES;
      return isCount ? Math.round(values[0]) : 0;
    } catch (BadInputException e) {
      LOG.warn("The number of images is not known: {}", e.marked());
      return 0;
    }
  }

  private static NumpyFile array(Path file, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      String found = zip.stream().map(ZipEntry::getName).collect(Collectors.joining(", "));
      throw new BadInputException(
          "%s holds no array %s but %s; give statistics with mu and sigma, as ⟨saveStatistics⟩ writes them"
              .formatted(file, name, found.isEmpty() ? "nothing" : found));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return NumpyFile.read(in, file + "/" + entry.getName(), entry.getSize());
    }
  }

  /** Writes statistics to a file, which appears when it is whole. */
  public static void write(Path file, GaussianStatistics statistics) {
    AtomicFile.write(file, out -> write(out, statistics));
  }

  /**
   * Writes statistics.
   *
   * @param out where to; left open
   * @throws IOException if that fails
   */
  public static void write(OutputStream out, GaussianStatistics statistics) throws IOException {
    int size = statistics.dimensions();
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(MEAN + ".npy"));
    NumpyFile.write(zip, statistics.mean(), size);
    zip.putNextEntry(new ZipEntry(COVARIANCE + ".npy"));
    NumpyFile.write(zip, statistics.covariance(), size, size);
    zip.putNextEntry(new ZipEntry(COUNT + ".npy"));
    NumpyFile.write(zip, new double[] {statistics.count()}, 1);
    zip.finish();
  }
}
