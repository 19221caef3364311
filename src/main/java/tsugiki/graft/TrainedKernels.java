package tsugiki.graft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Session;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;

/**
 * The weights that a histogram is worth looking at, under the tags that TensorBoard groups: of
 * every point-wise layer the part of the kernel that makes W of z, {@code W/site_K}, which starts
 * at 0; of every class-conditional gain the kernel that makes γ, {@code gamma/block_K/norm_J}.
 */
final class TrainedKernels {
  private static final Pattern POINT_WISE = Pattern.compile("graft/site_(\\d+)/kernel");
  private static final Pattern GAIN =
      Pattern.compile("generator/(block_\\d+/norm_\\d)/gain/kernel");

  private TrainedKernels() {}

  /** Their values by tag, all of one step. */
  static Map<String, float[]> of(Session session, GraftedGenerator generator) {
    List<Weight> trained = generator.weights().trained();
    Map<String, float[]> values =
        WeightValues.get(session, trained.stream().filter(TrainedKernels::isShown).toList());
    List<Integer> channels = generator.architecture().siteChannels();
    Map<String, float[]> tagged = new LinkedHashMap<>();
    values.forEach(
        (name, kernel) -> {
          Matcher site = POINT_WISE.matcher(name);
          if (site.matches()) {
            int index = Integer.parseInt(site.group(1));
            int latent = generator.architecture().latent();
            tagged.put("W/site_" + index, matrices(kernel, latent, channels.get(index)));
          } else {
            tagged.put(GAIN.matcher(name).replaceFirst("gamma/$1"), kernel);
          }
        });
    return tagged;
  }

  private static boolean isShown(Weight weight) {
    return POINT_WISE.matcher(weight.name()).matches() || GAIN.matcher(weight.name()).matches();
  }

  /** The columns of W; the last columns, one a channel, make b. */
  static float[] matrices(float[] kernel, int rows, int channels) {
    int width = kernel.length / rows;
    int taken = width - channels;
    float[] part = new float[rows * taken];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(kernel, row * width, part, row * taken, taken);
    }
    return part;
  }
}
