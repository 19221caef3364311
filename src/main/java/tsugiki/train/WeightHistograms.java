package tsugiki.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Session;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;

/**
 * What TensorBoard shows of a network's trained weights: kernels as {@code W/PLACE}, gains of
 * normalisations, and of attention, as {@code gamma/PLACE}, parameters of activations as {@code
 * alpha/PLACE}. A place is where the weight lies in the network.
 */
public final class WeightHistograms {
  private static final Pattern SHOWN =
      Pattern.compile("(?:(.*?)/)?(?:(gain(?:/kernel)?|gamma)|(alpha)|(kernel))");

  private WeightHistograms() {}

  /**
   * Their values by tag.
   *
   * @param trained the trained weights; those of other kinds are left out
   */
  public static Map<String, float[]> of(Session session, List<Weight> trained) {
    List<Weight> shown = trained.stream().filter(weight -> tag(weight.name()).isPresent()).toList();
    Map<String, float[]> values = new LinkedHashMap<>();
    WeightValues.get(session, shown)
        .forEach((name, numbers) -> values.put(tag(name).orElseThrow(), numbers));
    return values;
  }

  /** The tag of a weight; empty for one that is not shown. */
  static Optional<String> tag(String name) {
    Matcher parts = SHOWN.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String kind = parts.group(2) != null ? "gamma" : parts.group(3) != null ? "alpha" : "W";
    return Optional.of(kind + "/" + Optional.ofNullable(parts.group(1)).orElse("network"));
  }
}
