package tsugiki.cluster;

import java.io.Serializable;

/**
 * Work that is cut into parts, each of which any process can do: the same part gives the same
 * result wherever and however often it is done.
 *
 * @param <P> a part
 * @param <T> its result
 */
@FunctionalInterface
public interface PartWork<P extends Serializable, T extends Serializable> extends Serializable {
  /**
   * Does a part. Several threads of a process may each do one.
   *
   * @throws tsugiki.base.BadInputException if this process lacks what it needs; then the whole work
   *     is given up
   */
  T of(P part);
}
