package tsugiki.pretrained;

import java.util.Set;

/**
 * The variables of a module of DeepMind's: with the prefix {@code module/} or without, and with
 * their moving averages, which are taken, or without. Kernels are ours: [k, k, in, out].
 */
final class HubVariables {
  /** The classes' vectors, by whose name the averages' ending is found. */
  static final String CLASSES = "linear";

  private static final String AVERAGE = "/ema_";

  /** What names begin with where the module was part of a graph when it was saved. */
  private static final String MODULE = "module/";

  private final PublishedArrays arrays;
  private final float spectralEpsilon;
  private final String prefix;
  private final String average;

  /**
   * Finds prefix and averages.
   *
   * @param first a layer that the module has
   * @param spectralEpsilon the least length that a vector is divided by
   */
  HubVariables(PublishedArrays arrays, String first, float spectralEpsilon) {
    this.arrays = arrays;
    this.spectralEpsilon = spectralEpsilon;
    prefix = arrays.has(MODULE + first + "/u0") ? MODULE : "";
    String averaged = prefix + CLASSES + "/w" + AVERAGE;
    average =
        arrays.names().stream()
            .filter(name -> name.startsWith(averaged))
            .map(name -> name.substring(averaged.length() - AVERAGE.length()))
            .findFirst()
            .orElse("");
  }

  /** Whether these are names of a module with that layer. */
  static boolean recognises(Set<String> names, String first) {
    return names.contains(first + "/u0") || names.contains(MODULE + first + "/u0");
  }

  /** Whether there is a trained variable of that name. */
  boolean has(String name) {
    return arrays.has(prefix + name + average);
  }

  /** A dimension of a trained variable that has {@code rank} of them. */
  int count(String name, int rank, int axis) {
    return BigGanShapes.count(arrays, prefix + name + average, rank, axis);
  }

  /** A trained variable's average, or itself where there is none. */
  float[] trained(String name, long... shape) {
    if (!average.isEmpty()) {
      arrays.ignore(prefix + name);
    }
    return arrays.take(prefix + name + average, shape);
  }

  /** A layer's kernel over its largest singular value. */
  float[] spectral(String layer, long... shape) {
    arrays.ignore(prefix + layer + "/u1");
    float[] u = arrays.take(prefix + layer + "/u0", shape[shape.length - 1]);
    return SpectralFold.ofColumns(trained(layer + "/w", shape), u, spectralEpsilon);
  }

  /** A variable that is not trained. */
  float[] untrained(String name, long... shape) {
    return arrays.take(prefix + name, shape);
  }

  /** Marks a variable that may be there and is of no use. */
  void ignore(String name) {
    arrays.ignore(prefix + name);
  }

  /** What is wrong with the file as a whole, see {@link PublishedArrays#wrong}. */
  RuntimeException wrong(String what) {
    return arrays.wrong(what);
  }
}
