package tsugiki.graft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.savedmodel.ClassLabels;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.StoredGenerator;

/**
 * The frozen generator that a graft begins with.
 *
 * @param architecture its networks
 * @param weights its values by name
 * @param classes its classes
 * @param earlier the grafts that it has in it, the first one first
 */
public record Rootstock(
    GeneratorArchitecture architecture,
    Map<String, float[]> weights,
    ClassLabels classes,
    List<EarlierGraft> earlier) {

  /** The generator in a folder, whose weights are read. */
  static Rootstock of(StoredGenerator stored) {
    return new Rootstock(
        stored.architecture(),
        stored.weights(),
        stored.classes(),
        stored.isGraft() ? stored.description(GraftServing.Description.class).all() : List.of());
  }

  /** One whose classes have no names. */
  public Rootstock(GeneratorArchitecture architecture, Map<String, float[]> weights) {
    this(
        architecture,
        weights,
        new ClassLabels(Path.of("the rootstock"), architecture.classes(), List.of(), List.of()),
        List.of());
  }

  /**
   * Its values for the weights of a generator that is built again.
   *
   * @param file where it comes from, for the message
   * @throws BadInputException if it lacks one
   */
  Map<Weight, float[]> values(List<Weight> generator, Path file) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : generator) {
      float[] found = weights.get(weight.name());
      if (found == null) {
        throw new BadInputException(
            "⟨generator⟩ %s lacks the weight %s; it is not a generator that train wrote"
                .formatted(file, weight.name()));
      }
      values.put(weight, found);
    }
    return values;
  }

  /**
   * The mean of the class vectors: no class is nearer to a new motif than another until it is
   * tried.
   */
  float[] meanClass() {
    float[] table = table();
    int width = architecture.embedding();
    float[] mean = new float[width];
    for (int i = 0; i < table.length; i++) {
      mean[i % width] += table[i] / count();
    }
    return mean;
  }

  /**
   * The sum of the class vectors by weight.
   *
   * @param shares of each class
   */
  float[] mixedClass(double[] shares) {
    float[] table = table();
    int width = architecture.embedding();
    double[] sum = new double[width];
    for (int i = 0; i < table.length; i++) {
      sum[i % width] += shares[i / width] * table[i];
    }
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = (float) sum[i];
    }
    return vector;
  }

  /** How many class vectors it has; one where it is a graft. */
  int count() {
    return table().length / architecture.embedding();
  }

  /** The class vectors [count, width]. */
  private float[] table() {
    String name =
        earlier.isEmpty()
            ? "classes/table"
            : StoredGenerator.added(earlier.size() - 1) + "/" + GraftedGenerator.CLASS_VECTOR;
    return weights.get(ExportedGenerator.SCOPE + "/" + name);
  }
}
