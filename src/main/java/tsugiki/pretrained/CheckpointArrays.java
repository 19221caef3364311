package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.runtime.TensorBundle;
import tsugiki.weights.NamedArrays;

/**
 * The tensors of a TensorFlow checkpoint, read one by one.
 *
 * @param prefix of the bundle
 * @param stored what its index lists
 */
record CheckpointArrays(Path prefix, Map<String, TensorBundle.Stored> stored)
    implements NamedArrays {

  /**
   * Opens one.
   *
   * @throws BadInputException if the index is missing or damaged
   */
  static CheckpointArrays open(Path prefix) {
    return new CheckpointArrays(prefix, TensorBundle.list(prefix));
  }

  @Override
  public Set<String> names() {
    return stored.keySet();
  }

  @Override
  public long[] shape(String name) {
    return require(name).shape().asArray();
  }

  @Override
  public float[] values(String name) {
    require(name);
    return TensorBundle.read(prefix, List.of(name)).get(name).values();
  }

  private TensorBundle.Stored require(String name) {
    TensorBundle.Stored tensor = stored.get(name);
    if (tensor == null) {
      throw new BadInputException(
          "%s has no tensor %s; give the checkpoint of the network that was named"
              .formatted(prefix, name));
    }
    return tensor;
  }
}
