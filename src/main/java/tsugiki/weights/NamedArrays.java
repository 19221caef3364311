package tsugiki.weights;

import java.util.Set;
import tsugiki.base.BadInputException;

/**
 * The arrays of a weight file by name, whatever its format. Values are read on demand, so that a
 * file may be larger than the heap.
 */
public interface NamedArrays {
  /** The names in the file, in its order. */
  Set<String> names();

  /**
   * The shape of one array.
   *
   * @throws BadInputException if the file has no array of that name, naming the file
   */
  long[] shape(String name);

  /**
   * The values of one array in row-major order, as float32 whatever the file keeps.
   *
   * @throws BadInputException if the file has no array of that name, or is damaged there
   */
  float[] values(String name);
}
