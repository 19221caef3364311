package tsugiki.score;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.features.Features;

/**
 * Count, mean and scatter Σ (x − μ)(x − μ)ᵀ of features, gathered batch by batch in float64, so
 * that memory does not grow with the number of images.
 *
 * <p>Several processes may each take a part of the images: {@link #write} keeps every bit, and
 * {@link #merge} follows an identity (Chan, Golub and LeVeque, 1983), no approximation. Parts
 * merged in one order give one result, bit for bit, in whichever process they were gathered;
 * against sums made at once, or merged in another order, there is float64's rounding, some 1e−15 of
 * the variance. Not for use from several threads at a time.
 */
public final class MomentSums {
  /** Images centred and multiplied at once: 256 × 2,048 float64 are 4 MiB. */
  private static final int CHUNK = 256;

  /** Columns of the scatter worked on at once; 256 of 256 images stay in the second cache. */
  private static final int COLUMNS = 256;

  private final int dimensions;
  private final double[] mean;
  private final double[] scatter;
  private long count;

  /**
   * Sums of no images.
   *
   * @param dimensions D, at least 1
   */
  public MomentSums(int dimensions) {
    this.dimensions = dimensions;
    this.mean = new double[dimensions];
    this.scatter = new double[Math.multiplyExact(dimensions, dimensions)];
  }

  /** Number of images so far. */
  public long count() {
    return count;
  }

  /**
   * Takes more images in.
   *
   * @throws BadInputException if the features have other dimensions
   */
  public MomentSums add(Features features) {
    requireDimensions(features.dimensions(), features.source());
    for (int row = 0; row < features.count(); row += CHUNK) {
      addChunk(features, row, Math.min(CHUNK, features.count() - row));
    }
    return this;
  }

  /**
   * Takes the images of other sums in, which stay as they are.
   *
   * @throws BadInputException if they have other dimensions
   */
  public MomentSums merge(MomentSums other) {
    requireDimensions(other.dimensions, "the other part");
    for (int i = 0; i < scatter.length; i++) {
      scatter[i] += other.scatter[i];
    }
    join(other.count, other.mean);
    return this;
  }

  /**
   * Keeps the sums in a NumPy file: float64 [D + 2, D], of which the first D rows are the scatter's
   * upper triangle, then the mean, then the count and zeros.
   */
  public void write(Path file) {
    double[] values = Arrays.copyOf(scatter, scatter.length + 2 * dimensions);
    System.arraycopy(mean, 0, values, scatter.length, dimensions);
    values[scatter.length + dimensions] = count;
    AtomicFile.write(file, out -> NumpyFile.write(out, values, dimensions + 2, dimensions));
  }

  /**
   * Reads what {@link #write} kept.
   *
   * @throws BadInputException if the file is missing, damaged or holds something else
   */
  public static MomentSums read(Path file) {
    NumpyFile array = NumpyFile.read(file);
    int[] shape = array.shape();
    double[] values = array.doubles();
    int rest = shape.length == 2 && shape[0] == shape[1] + 2 ? shape[0] * shape[1] - shape[1] : 0;
    double images = rest > 0 ? values[rest] : -1;
    if (images != Math.rint(images) || images < 0 || images > 1L << 53) {
      throw new BadInputException(
          "%s holds no sums of features; give a file that MomentSums wrote".formatted(file));
    }
    MomentSums sums = new MomentSums(shape[1]);
    System.arraycopy(values, 0, sums.scatter, 0, sums.scatter.length);
    System.arraycopy(values, sums.scatter.length, sums.mean, 0, sums.dimensions);
    sums.count = (long) images;
    return sums;
  }

  /**
   * Mean and covariance with the divisor N − 1.
   *
   * @param source what errors call them
   * @throws BadInputException if there are fewer than two images
   */
  public GaussianStatistics statistics(String source) {
    if (count < 2) {
      throw new BadInputException(
          "A covariance needs at least 2 images, and %s holds %d; give more images"
              .formatted(source, count));
    }
    double[] covariance = new double[scatter.length];
    for (int i = 0; i < dimensions; i++) {
      for (int j = i; j < dimensions; j++) {
        double value = scatter[i * dimensions + j] / (count - 1);
        covariance[i * dimensions + j] = value;
        covariance[j * dimensions + i] = value;
      }
    }
    return GaussianStatistics.of(source, count, mean, covariance);
  }

  private void requireDimensions(int other, String source) {
    if (other != dimensions) {
      throw new BadInputException(
          "%s has %d dimensions where %d were expected; take all features from one network and tap"
              .formatted(source, other, dimensions));
    }
  }

  private void addChunk(Features features, int firstRow, int rows) {
    double[] chunkMean = Centering.mean(features, firstRow, rows);
    double[] centred = Centering.centred(features, firstRow, rows, chunkMean);
    IntStream.range(0, dimensions).parallel().forEach(i -> addScatterRow(i, centred, rows));
    join(rows, chunkMean);
  }

  /** Adds Σ_k x_k[i] x_k[j] for j ≥ i; the other half is its mirror image. */
  private void addScatterRow(int i, double[] centred, int rows) {
    for (int from = i; from < dimensions; from += COLUMNS) {
      int to = Math.min(from + COLUMNS, dimensions);
      int k = 0;
      for (; k + 2 <= rows; k += 2) {
        int row0 = k * dimensions;
        int row1 = row0 + dimensions;
        double x0 = centred[row0 + i];
        double x1 = centred[row1 + i];
        int sums = i * dimensions;
        for (int j = from; j < to; j++) {
          scatter[sums + j] = scatter[sums + j] + x0 * centred[row0 + j] + x1 * centred[row1 + j];
        }
      }
      if (k < rows) {
        double x = centred[k * dimensions + i];
        for (int j = from; j < to; j++) {
          scatter[i * dimensions + j] += x * centred[k * dimensions + j];
        }
      }
    }
  }

  /** Moves the mean to that of both parts, and adds what their means' difference scatters. */
  private void join(long otherCount, double[] otherMean) {
    if (otherCount == 0) {
      return;
    }
    long both = Math.addExact(count, otherCount);
    double weight = (double) count * otherCount / both;
    double[] shift = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shift[i] = otherMean[i] - mean[i];
    }
    for (int i = 0; i < dimensions; i++) {
      for (int j = i; j < dimensions; j++) {
        scatter[i * dimensions + j] += weight * shift[i] * shift[j];
      }
      mean[i] += shift[i] * ((double) otherCount / both);
    }
    count = both;
  }
}
