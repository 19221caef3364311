package tsugiki.features;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tsugiki.base.BadInputException;

/**
 * The features of a set of images: one row of finite numbers per image, kept as float32 in
 * row-major order. Immutable; there is always at least one row and one dimension.
 */
public final class Features {
  private final String source;
  private final float[] values;
  private final int count;
  private final int dimensions;

  private Features(String source, float[] values, int dimensions) {
    this.source = source;
    this.values = values;
    this.dimensions = dimensions;
    this.count = values.length / dimensions;
  }

  /**
   * Copies and checks features.
   *
   * @param source the file or folder they come from, as errors shall name it
   * @param values [N, D] in row-major order
   * @param dimensions D, at least 1
   * @throws BadInputException if there are no rows, or one holds NaN or an infinite number
   * @throws IllegalArgumentException if the values do not fill whole rows
   */
  public static Features of(String source, float[] values, int dimensions) {
    if (dimensions < 1 || values.length % dimensions != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not make rows of " + dimensions + " dimensions");
    }
    if (values.length == 0) {
      throw new BadInputException(source + " holds no images; give at least one");
    }
    refuseNonFinite(source, values, dimensions);
    return new Features(source, values.clone(), dimensions);
  }

  private static void refuseNonFinite(String source, float[] values, int dimensions) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new BadInputException(
            "%s: row %d (counted from 0) holds %s in column %d; take that image out or compute its features again"
                .formatted(source, i / dimensions, values[i], i % dimensions));
      }
    }
  }

  /**
   * Puts the rows of several sets behind one another, in the order given. The result goes by the
   * first one's source.
   *
   * @param parts at least one
   * @throws BadInputException if their dimensions differ
   * @throws IllegalArgumentException if there are none
   */
  public static Features concat(List<Features> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there are no features to put behind one another");
    }
    Features first = parts.get(0);
    int length = 0;
    for (Features part : parts) {
      first.requireSameDimensions(part);
      length = Math.addExact(length, part.values.length);
    }
    float[] all = new float[length];
    int at = 0;
    for (Features part : parts) {
      System.arraycopy(part.values, 0, all, at, part.values.length);
      at += part.values.length;
    }
    return new Features(first.source, all, first.dimensions);
  }

  /**
   * The given rows in the given order; a row may be taken more than once.
   *
   * @param rows row numbers in [0, N), at least one
   */
  public Features select(int... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("no rows selected");
    }
    float[] selected = new float[Math.multiplyExact(rows.length, dimensions)];
    for (int i = 0; i < rows.length; i++) {
      int from = Objects.checkIndex(rows[i], count) * dimensions;
      System.arraycopy(values, from, selected, i * dimensions, dimensions);
    }
    return new Features(source, selected, dimensions);
  }

  /** Where the features come from, as errors name it. */
  public String source() {
    return source;
  }

  /** N, the number of images. */
  public int count() {
    return count;
  }

  /** D, the numbers per image. */
  public int dimensions() {
    return dimensions;
  }

  /** One number of one image. */
  public float get(int row, int dimension) {
    return values[
        Objects.checkIndex(row, count) * dimensions + Objects.checkIndex(dimension, dimensions)];
  }

  /** A copy of all numbers, [N, D] in row-major order. */
  public float[] toArray() {
    return values.clone();
  }

  /** The numbers themselves, for the metrics' inner loops; not to be written to. */
  public float[] values() {
    return values;
  }

  /**
   * Refuses features that cannot be compared with these.
   *
   * @throws BadInputException if the other features have another number of dimensions
   */
  public void requireSameDimensions(Features other) {
    requireSameDimensions(source, dimensions, other.source, other.dimensions);
  }

  /**
   * The same of features of which only their sources and dimensions are at hand.
   *
   * @throws BadInputException if the dimensions differ
   */
  public static void requireSameDimensions(
      String source, int dimensions, String otherSource, int otherDimensions) {
    if (dimensions != otherDimensions) {
      throw new BadInputException(
          "%s has %d dimensions and %s has %d; take both from the same network and tap"
              .formatted(source, dimensions, otherSource, otherDimensions));
    }
  }

  /**
   * Refuses sets too small for a metric.
   *
   * @throws BadInputException if there are fewer rows than the metric needs
   */
  public void requireCount(int least, String metric) {
    requireCount(least, metric, "images per side");
  }

  /** As {@link #requireCount(int, String)}, with other words for whose images are counted. */
  public void requireCount(int least, String metric, String images) {
    if (count < least) {
      throw new BadInputException(
          "%s needs at least %d %s, and %s holds %d; give more images or leave it out"
              .formatted(metric, least, images, source, count));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Features that
        && dimensions == that.dimensions
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * dimensions + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%s [%d, %d]".formatted(source, count, dimensions);
  }
}
