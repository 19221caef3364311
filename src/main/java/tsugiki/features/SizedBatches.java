package tsugiki.features;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.data.RgbImage;

/**
 * Sorts images that come one by one into batches of one size each. Which images share a batch
 * depends on their order and sizes alone. An image waits for others of its size for a limited time
 * only: until {@link #WINDOW} batches have come after it, or the waiting ones are too large
 * together.
 */
final class SizedBatches {
  /** How many batches may come before an image's own is sent off, full or not. */
  static final int WINDOW = 4;

  /** Pixels of a batch; in the graph they take four times as much. */
  private static final long BATCH_BYTES = 32L << 20;

  private static final long WAITING_BYTES = 2 * BATCH_BYTES;

  /**
   * Images of one size.
   *
   * @param indices their places in the order
   */
  record Batch(List<Integer> indices, List<RgbImage> images) {
    long bytes() {
      return images.stream().mapToLong(image -> image.rgb().length).sum();
    }
  }

  private record Size(int height, int width) {}

  private final int most;
  private final Map<Size, Batch> waiting = new LinkedHashMap<>();
  private long waitingBytes;

  SizedBatches(int most) {
    this.most = most;
  }

  /**
   * Takes the next image.
   *
   * @return the batches that are to be sent off now
   */
  List<Batch> add(int index, RgbImage image) {
    Size size = new Size(image.height(), image.width());
    Batch batch =
        waiting.computeIfAbsent(size, s -> new Batch(new ArrayList<>(), new ArrayList<>()));
    batch.indices().add(index);
    batch.images().add(image);
    waitingBytes += image.rgb().length;
    List<Batch> ready = new ArrayList<>();
    if (batch.images().size() == most || batch.bytes() + image.rgb().length > BATCH_BYTES) {
      waiting.remove(size);
      ready.add(batch);
      waitingBytes -= batch.bytes();
    }
    while (!waiting.isEmpty() && (isOverdue(index) || waitingBytes > WAITING_BYTES)) {
      ready.add(eldest());
    }
    return ready;
  }

  /** Whether there is an image that waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Sends off the batch with the image that has waited longest. */
  Batch eldest() {
    Iterator<Batch> inOrder = waiting.values().iterator();
    Batch batch = inOrder.next();
    inOrder.remove();
    waitingBytes -= batch.bytes();
    return batch;
  }

  private boolean isOverdue(int index) {
    int first = waiting.values().iterator().next().indices().get(0);
    return index - first >= WINDOW * most;
  }
}
