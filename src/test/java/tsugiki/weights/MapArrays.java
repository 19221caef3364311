package tsugiki.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tsugiki.base.BadInputException;

/** Arrays in memory in place of a weight file. */
public final class MapArrays implements NamedArrays {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();

  public void put(String name, float[] numbers, long... shape) {
    shapes.put(name, shape);
    values.put(name, numbers);
  }

  public void remove(String name) {
    shapes.remove(name);
    values.remove(name);
  }

  @Override
  public Set<String> names() {
    return shapes.keySet();
  }

  @Override
  public long[] shape(String name) {
    require(name);
    return shapes.get(name);
  }

  @Override
  public float[] values(String name) {
    require(name);
    return values.get(name);
  }

  private void require(String name) {
    if (!shapes.containsKey(name)) {
      throw new BadInputException("there is no array " + name + "; put one there");
    }
  }
}
