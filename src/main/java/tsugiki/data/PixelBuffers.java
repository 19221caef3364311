package tsugiki.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * A pool of buffers for decoded images, so that a pass over many images leaves little to the
 * garbage collector. A returned buffer waits for an image of the same size; of too many, or of too
 * many bytes, the ones that have waited longest are dropped. Several threads may use it.
 */
public final class PixelBuffers implements IntFunction<byte[]> {
  /** Of images of many sizes no buffer fits the next one, and all would wait. */
  static final long MOST_BYTES = 64L << 20;

  private final int waiting;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private long freeBytes;
  private int live;
  private int most;

  /**
   * A pool without buffers.
   *
   * @param waiting the most buffers kept for later, at least 1; of large ones fewer are kept
   */
  public PixelBuffers(int waiting) {
    this.waiting = waiting;
  }

  /**
   * A buffer of that length, whose content means nothing.
   *
   * @param length in bytes
   */
  @Override
  public synchronized byte[] apply(int length) {
    live++;
    most = Math.max(most, live);
    for (Iterator<byte[]> i = free.iterator(); i.hasNext(); ) {
      byte[] buffer = i.next();
      if (buffer.length == length) {
        i.remove();
        freeBytes -= length;
        return buffer;
      }
    }
    return new byte[length];
  }

  /** Takes a buffer back that nobody reads any more. */
  public synchronized void giveBack(byte[] buffer) {
    live--;
    free.addLast(buffer);
    freeBytes += buffer.length;
    while (free.size() > waiting || freeBytes > MOST_BYTES) {
      freeBytes -= free.removeFirst().length;
    }
  }

  /** The most buffers that were in use at the same time. */
  public synchronized int most() {
    return most;
  }

  /** How many buffers are in use. */
  public synchronized int live() {
    return live;
  }
}
