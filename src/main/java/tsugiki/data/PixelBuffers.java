package tsugiki.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * A pool of buffers for decoded images, so that a pass over many images leaves little to the
 * garbage collector. A returned buffer waits for an image of the same size; of too many, the one
 * that has waited longest is dropped. Several threads may use it.
 */
public final class PixelBuffers implements IntFunction<byte[]> {
  private final int waiting;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private int live;
  private int most;

  /**
   * A pool without buffers.
   *
   * @param waiting the most buffers kept for later, at least 1
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
        return buffer;
      }
    }
    return new byte[length];
  }

  /** Takes a buffer back that nobody reads any more. */
  public synchronized void giveBack(byte[] buffer) {
    live--;
    free.addLast(buffer);
    if (free.size() > waiting) {
      free.removeFirst();
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
