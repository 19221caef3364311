package tsugiki.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weight;
import tsugiki.runtime.TensorBundle.Entry;

/**
 * What a network takes of the weights of another: those of the same name and shape. The vector u of
 * a spectral norm goes with its kernel; where the source has none, since its kernels were exported,
 * it is computed.
 *
 * @param values of the weights that are taken
 * @param anew the others
 */
record FittingWeights(Map<Weight, float[]> values, List<Weight> anew) {

  /** Names of weights in a line of the log. */
  private static final int SHOWN = 4;

  /**
   * Finds them.
   *
   * @param network the weights of the network
   * @param drawn their values as they are
   * @param source the other's weights by name
   */
  static FittingWeights of(
      List<Weight> network, Map<String, float[]> drawn, Map<String, Entry> source) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    List<Weight> anew = new ArrayList<>();
    for (Weight weight : network) {
      Optional<Weight> kernel = kernelOf(weight, network);
      if (kernel.isPresent() && !fits(kernel.get(), source)) {
        anew.add(weight);
      } else if (fits(weight, source)) {
        values.put(weight, source.get(weight.name()).values());
      } else if (kernel.isPresent()) {
        float[] numbers = source.get(kernel.get().name()).values();
        values.put(weight, SpectralNorm.settled(numbers, drawn.get(weight.name())));
      } else {
        anew.add(weight);
      }
    }
    return new FittingWeights(values, anew);
  }

  /** How many numbers of a network have weights of their name and shape in another's. */
  static long numbers(List<Weight> network, Map<String, Entry> source) {
    return network.stream().filter(weight -> fits(weight, source)).mapToLong(Weight::count).sum();
  }

  private static boolean fits(Weight weight, Map<String, Entry> source) {
    Entry entry = source.get(weight.name());
    return entry != null && entry.shape().equals(weight.shape());
  }

  /** The kernel that a weight is the vector u of, if it is one. */
  private static Optional<Weight> kernelOf(Weight weight, List<Weight> network) {
    return network.stream()
        .filter(kernel -> weight.name().equals(kernel.name() + SpectralNorm.VECTOR))
        .findFirst();
  }

  /** How many weights and numbers are taken and which are not, in words. */
  String describe() {
    long taken = values.keySet().stream().mapToLong(Weight::count).sum();
    long others = anew.stream().mapToLong(Weight::count).sum();
    String all =
        String.format(
            Locale.ROOT,
            "%d of %d weights (%,d of %,d numbers)",
            values.size(),
            values.size() + anew.size(),
            taken,
            taken + others);
    if (anew.isEmpty()) {
      return all;
    }
    String names =
        anew.stream()
            .limit(SHOWN)
            .map(weight -> weight.name() + " " + weight.shape())
            .collect(Collectors.joining(", "));
    int more = anew.size() - SHOWN;
    return all + "; anew: " + names + (more > 0 ? " and " + more + " others" : "");
  }
}
