package tsugiki.features;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;

/**
 * Puts rows that come in any order back into the images' order, and hands them on in chunks of a
 * fixed length, so that sums over the chunks do not depend on the batches.
 */
public final class OrderedRows {
  private final ImageSupply images;
  private final int dimensions;
  private final Consumer<Features> consumer;
  private final Map<Integer, float[]> early = new HashMap<>();
  private final float[] chunk;
  private int next;
  private int filled;

  /**
   * Begins with the first image.
   *
   * @param images whose features come, for messages
   * @param dimensions D
   * @param atOnce rows of a chunk; the last one may have fewer
   */
  public OrderedRows(ImageSupply images, int dimensions, int atOnce, Consumer<Features> consumer) {
    this.images = images;
    this.dimensions = dimensions;
    this.consumer = consumer;
    chunk = new float[Math.multiplyExact(atOnce, dimensions)];
  }

  /**
   * Takes rows.
   *
   * @param indices whose they are
   * @param values [indices, dimensions]
   * @throws BadInputException if a number is not finite
   */
  public void put(List<Integer> indices, float[] values) {
    for (int i = 0; i < indices.size(); i++) {
      early.put(indices.get(i), Arrays.copyOfRange(values, i * dimensions, (i + 1) * dimensions));
    }
    for (float[] row = early.remove(next); row != null; row = early.remove(next)) {
      refuseNonFinite(row);
      System.arraycopy(row, 0, chunk, filled, dimensions);
      filled += dimensions;
      next++;
      if (filled == chunk.length) {
        handOn();
      }
    }
  }

  /** Hands the last rows on. */
  public void end() {
    if (filled > 0) {
      handOn();
    }
  }

  private void handOn() {
    consumer.accept(Features.of(images.toString(), Arrays.copyOf(chunk, filled), dimensions));
    filled = 0;
  }

  private void refuseNonFinite(float[] row) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new BadInputException(
            "the network gives %s for '%s'; take that image out or check the network's weights"
                .formatted(value, images.describe(next)));
      }
    }
  }
}
