package tsugiki.base;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an object opens while it is being made. If the making fails half-way, all of it is closed,
 * the last first; once the object is whole, it closes these itself.
 *
 * <pre>{@code
 * try (Opened opened = new Opened()) {
 *   lock = opened.add(takeLock(file));
 *   rows = opened.add(new RandomAccessFile(file, "rw"));
 *   opened.keep();
 * }
 * }</pre>
 */
public final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * Takes charge of what has been opened.
   *
   * @return the same
   */
  public <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /** Leaves all to the object, which is whole now. */
  public void keep() {
    open.clear();
  }

  /**
   * Closes what has not been left to the object.
   *
   * @throws IllegalStateException if something cannot be closed; the rest is closed nevertheless
   */
  @Override
  public void close() {
    IllegalStateException failed = new IllegalStateException("cannot close what was opened");
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }
}
