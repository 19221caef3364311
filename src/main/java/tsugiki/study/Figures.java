package tsugiki.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * Figures of trials by variant and seed. Variants stay in the order in which they first came, seeds
 * are sorted.
 */
final class Figures {
  private final Map<String, Map<Long, Map<String, Double>>> variants = new LinkedHashMap<>();

  /** Adds the figures of a trial, by the name of the measure. */
  void add(String variant, long seed, Map<String, Double> figures) {
    variants.computeIfAbsent(variant, key -> new TreeMap<>()).put(seed, Map.copyOf(figures));
  }

  /** The variants. */
  List<String> variants() {
    return List.copyOf(variants.keySet());
  }

  /** The figures of a variant by seed. */
  Map<Long, Map<String, Double>> of(String variant) {
    return variants.get(variant);
  }

  /** The number of seeds of a variant. */
  int seeds(String variant) {
    return variants.get(variant).size();
  }

  /** A measure of a variant with all seeds that have it [n]. */
  double[] values(String variant, String measure) {
    return variants.get(variant).values().stream()
        .filter(figures -> figures.containsKey(measure))
        .mapToDouble(figures -> figures.get(measure))
        .toArray();
  }

  /** The differences in a measure, variant minus other, with all seeds that have both [n]. */
  double[] differences(String variant, String other, String measure) {
    return paired(variant, other, measure, (one, base) -> one - base);
  }

  /**
   * What is made of a variant's and another's value of a measure, with all seeds that have both.
   */
  double[] paired(String variant, String other, String measure, DoubleBinaryOperator of) {
    Map<Long, Map<String, Double>> others = variants.get(other);
    return variants.get(variant).entrySet().stream()
        .filter(seed -> seed.getValue().containsKey(measure))
        .filter(seed -> others.getOrDefault(seed.getKey(), Map.of()).containsKey(measure))
        .mapToDouble(
            seed ->
                of.applyAsDouble(
                    seed.getValue().get(measure), others.get(seed.getKey()).get(measure)))
        .toArray();
  }
}
