package tsugiki.features;

import java.util.function.Consumer;
import tsugiki.base.BadInputException;

/** Puts chunks of features together into one set, in an array of the right length. */
final class RowCollector implements Consumer<Features> {
  private final String source;
  private final int dimensions;
  private final float[] values;
  private int filled;

  /**
   * Makes the array.
   *
   * @throws BadInputException if no array can be so long
   */
  RowCollector(String source, int count, int dimensions) {
    this.source = source;
    this.dimensions = dimensions;
    if ((long) count * dimensions > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          "the %d × %d features of %s are too many to hold at once; take fewer images with ⟨limit⟩"
              .formatted(count, dimensions, source));
    }
    values = new float[count * dimensions];
  }

  @Override
  public void accept(Features chunk) {
    float[] rows = chunk.values();
    System.arraycopy(rows, 0, values, filled, rows.length);
    filled += rows.length;
  }

  /** Everything that came. */
  Features features() {
    return Features.of(source, values, dimensions);
  }
}
