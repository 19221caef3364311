package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.weights.NamedArrays;

/**
 * The arrays of a published network, each of which must be known: one that is missing, one too
 * many, or one of another shape shows that the file is of another network than it seems to be.
 */
final class PublishedArrays {
  private final Path file;
  private final String format;
  private final NamedArrays arrays;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Begins.
   *
   * @param file the file or folder, for messages
   * @param format whose names they are, for messages
   */
  PublishedArrays(Path file, String format, NamedArrays arrays) {
    this.file = file;
    this.format = format;
    this.arrays = arrays;
  }

  /** Whether there is an array of that name. */
  boolean has(String name) {
    return arrays.names().contains(name);
  }

  /** All names. */
  Set<String> names() {
    return arrays.names();
  }

  /**
   * The shape of an array.
   *
   * @param rank how many dimensions it must have
   * @throws BadInputException if it is missing or has another number of dimensions
   */
  long[] shape(String name, int rank) {
    require(name);
    long[] shape = arrays.shape(name);
    if (shape.length != rank) {
      throw new BadInputException(
          "%s holds %s in the shape %s where %s has %d dimensions; give the published file"
              .formatted(file, name, Arrays.toString(shape), format, rank));
    }
    return shape;
  }

  /**
   * The values of an array.
   *
   * @param shape its shape; dimensions of 1 do not count, since publications differ in them
   * @return in row-major order
   * @throws BadInputException if it is missing, has another shape, or holds no finite numbers
   */
  float[] take(String name, long... shape) {
    require(name);
    long[] found = arrays.shape(name);
    if (!Arrays.equals(withoutOnes(found), withoutOnes(shape))) {
      throw new BadInputException(
          "%s holds %s in the shape %s where this network of %s has %s; give the published file"
              .formatted(file, name, Arrays.toString(found), format, Arrays.toString(shape)));
    }
    known.add(name);
    float[] values = arrays.values(name);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new BadInputException(
            "%s holds %s in %s, which is no weight; get the file again"
                .formatted(file, value, name));
      }
    }
    return values;
  }

  /** Marks an array that may be there and is of no use. */
  void ignore(String name) {
    known.add(name);
  }

  /**
   * Checks that every array was of use.
   *
   * @throws BadInputException naming one that was not
   */
  void finish() {
    Set<String> extra = new LinkedHashSet<>(arrays.names());
    extra.removeAll(known);
    if (!extra.isEmpty()) {
      throw new BadInputException(
          "%s holds %s%s, which this network of %s has not; give the published file"
              .formatted(
                  file,
                  extra.iterator().next(),
                  extra.size() == 1 ? "" : " and " + (extra.size() - 1) + " more arrays",
                  format));
    }
  }

  /**
   * What is wrong with the file as a whole.
   *
   * @param what goes on from the file's name
   */
  BadInputException wrong(String what) {
    return new BadInputException(
        "%s %s, which no network of %s does; give the published file"
            .formatted(file, what, format));
  }

  private void require(String name) {
    if (!has(name)) {
      throw new BadInputException(
          "%s lacks %s, which this network of %s has; give the published file"
              .formatted(file, name, format));
    }
  }

  private static long[] withoutOnes(long[] shape) {
    return Arrays.stream(shape).filter(length -> length != 1).toArray();
  }
}
