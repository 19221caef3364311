package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tsugiki.base.BadInputException;
import tsugiki.weights.NamedArrays;

/**
 * The names in a Keras HDF5 file of {@code keras.applications.InceptionV3}: {@code
 * conv2d_7/conv2d_7/kernel:0}, {@code batch_normalization_7/…/beta:0}. Keras counts layers through
 * a whole program, so that the first one has any number, and only the order tells which is which.
 */
final class KerasInception {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*/)?(conv2d|batch_normalization)(?:_(\\d{1,9}))?/"
              + "(kernel|gamma|beta|moving_mean|moving_variance)(?::0)?");
  private static final Pattern CLASSES =
      Pattern.compile("(?:.*/)?predictions/(kernel|bias)(?::0)?");
  private static final String OPTIMIZER = "optimizer";

  private KerasInception() {}

  /**
   * What lies where in a file.
   *
   * @param file what messages call it
   * @throws BadInputException if it does not have as many layers as Inception v3
   */
  static InceptionLayout layout(String file, NamedArrays arrays) {
    SortedMap<Integer, Map<String, String>> kernels = new TreeMap<>();
    SortedMap<Integer, Map<String, String>> norms = new TreeMap<>();
    Map<String, String> classes = new HashMap<>();
    for (String name : arrays.names()) {
      Matcher layer = NAME.matcher(name);
      Matcher last = CLASSES.matcher(name);
      if (name.contains(OPTIMIZER)) {
        continue;
      }
      if (layer.matches()) {
        int number = layer.group(2) == null ? 0 : Integer.parseInt(layer.group(2));
        (layer.group(1).equals("conv2d") ? kernels : norms)
            .computeIfAbsent(number, n -> new HashMap<>())
            .put(layer.group(3), name);
      } else if (last.matches()) {
        classes.put(last.group(1), name);
      }
    }
    Map<String, ConvolutionNames> names = new HashMap<>();
    List<String> layers = InceptionModules.layers();
    if (kernels.size() != layers.size() || norms.size() != layers.size()) {
      throw new BadInputException(
          "'%s' has %d convolutions and %d batch normalisations with Keras' names where"
                  .formatted(file, kernels.size(), norms.size())
              + " keras.applications.InceptionV3 has %d; give that network's weights as Keras 2 or"
                  .formatted(layers.size())
              + " model.save(\"FILE.h5\") write them");
    }
    List<Map<String, String>> ofKernels = new ArrayList<>(kernels.values());
    List<Map<String, String>> ofNorms = new ArrayList<>(norms.values());
    for (int i = 0; i < layers.size(); i++) {
      Map<String, String> norm = ofNorms.get(i);
      names.put(
          layers.get(i),
          new ConvolutionNames(
              ofKernels.get(i).getOrDefault("kernel", "kernel"),
              Optional.ofNullable(norm.get("gamma")),
              norm.getOrDefault("beta", "beta"),
              norm.getOrDefault("moving_mean", "moving_mean"),
              norm.getOrDefault("moving_variance", "moving_variance")));
    }
    return new InceptionLayout(
        names::get,
        classes.getOrDefault("kernel", "predictions/kernel:0"),
        classes.getOrDefault("bias", "predictions/bias:0"),
        false);
  }
}
