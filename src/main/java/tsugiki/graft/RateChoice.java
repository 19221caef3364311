package tsugiki.graft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The choice of a learning rate for each method on one grid for all: the rate with the lowest
 * score. A best rate at an end of the grid may not be the best; the grid then goes on by the factor
 * between its last two rates, for all methods.
 */
final class RateChoice {
  /** How often the grid goes on, at either end. */
  static final int MOST_EXTENSIONS = 4;

  private final List<Float> given;
  private final Map<String, TreeMap<Float, Double>> scores = new LinkedHashMap<>();

  /**
   * Begins.
   *
   * @param given the grid in rising order
   */
  RateChoice(List<Float> given) {
    this.given = given;
  }

  /** Adds a result; a training that failed has none and is worse than every other. */
  void add(String method, float rate, Optional<Double> score) {
    scores
        .computeIfAbsent(method, name -> new TreeMap<>())
        .put(rate, score.orElse(Double.POSITIVE_INFINITY));
  }

  /** The best rate of a method. */
  float best(String method) {
    return scores.get(method).entrySet().stream()
        .min(Map.Entry.<Float, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  /** Whether the best of several rates of a method lies at an end of the grid. */
  boolean atEnd(String method) {
    TreeMap<Float, Double> grid = scores.get(method);
    if (grid.size() == 1) {
      return false;
    }
    return best(method) == grid.firstKey() || best(method) == grid.lastKey();
  }

  /** The methods whose best rate lies at an end of the grid. */
  List<String> atEnd() {
    return scores.keySet().stream().filter(this::atEnd).toList();
  }

  /**
   * The grid with one rate more at every end where a method has its best.
   *
   * @param grid all rates that were tried, in rising order
   * @return the same grid where no method asks for more, or it has gone on often enough
   */
  List<Float> extended(List<Float> grid) {
    if (given.size() < 2) {
      return grid;
    }
    List<Float> more = new ArrayList<>(grid);
    float lowest = grid.get(0);
    float highest = grid.get(grid.size() - 1);
    long below = grid.stream().filter(rate -> rate < given.get(0)).count();
    long above = grid.stream().filter(rate -> rate > given.get(given.size() - 1)).count();
    if (below < MOST_EXTENSIONS && scores.keySet().stream().anyMatch(m -> best(m) == lowest)) {
      more.add(lowest * given.get(0) / given.get(1));
    }
    if (above < MOST_EXTENSIONS && scores.keySet().stream().anyMatch(m -> best(m) == highest)) {
      more.add(highest * given.get(given.size() - 1) / given.get(given.size() - 2));
    }
    more.sort(Comparator.naturalOrder());
    return more;
  }

  /** The scores by method and rate. */
  Map<String, TreeMap<Float, Double>> scores() {
    return scores;
  }
}
