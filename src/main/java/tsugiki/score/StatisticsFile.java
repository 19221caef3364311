package tsugiki.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;

/**
 * Reference statistics in NumPy's {@code .npz}: {@code mu} [D] and {@code sigma} [D, D] in float64,
 * as pytorch-fid and TTUR read and write them. Ours hold the number of images too, as {@code count}
 * [1], which the others do not look at.
 */
public final class StatisticsFile {
  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";
  private static final String COUNT = "count";

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
      long count =
          zip.getEntry(COUNT + ".npy") == null ? 0 : (long) array(file, zip, COUNT).doubles()[0];
      return GaussianStatistics.of(file.toString(), count, mean.doubles(), covariance.doubles());
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read as .npz (%s); give statistics with mu and sigma, as ⟨saveStatistics⟩ writes them"
              .formatted(file, e.getMessage()),
          e);
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
