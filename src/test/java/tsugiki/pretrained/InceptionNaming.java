package tsugiki.pretrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tsugiki.weights.MapArrays;

/**
 * The arrays of an {@link OfficialInceptionGraph} as other programs name and order them. The names
 * stand here as their sources have them, in the order of those sources.
 */
final class InceptionNaming {
  private static final String FINE =
      "conv=branch1x1 tower/conv=branch5x5_1 tower/conv_1=branch5x5_2 tower_1/conv=branch3x3dbl_1"
          + " tower_1/conv_1=branch3x3dbl_2 tower_1/conv_2=branch3x3dbl_3 tower_2/conv=branch_pool";
  private static final String FIRST_HALVING =
      "conv=branch3x3 tower/conv=branch3x3dbl_1 tower/conv_1=branch3x3dbl_2"
          + " tower/conv_2=branch3x3dbl_3";
  private static final String MIDDLE =
      "conv=branch1x1 tower/conv=branch7x7_1 tower/conv_1=branch7x7_2 tower/conv_2=branch7x7_3"
          + " tower_1/conv=branch7x7dbl_1 tower_1/conv_1=branch7x7dbl_2"
          + " tower_1/conv_2=branch7x7dbl_3 tower_1/conv_3=branch7x7dbl_4"
          + " tower_1/conv_4=branch7x7dbl_5 tower_2/conv=branch_pool";
  private static final String SECOND_HALVING =
      "tower/conv=branch3x3_1 tower/conv_1=branch3x3_2 tower_1/conv=branch7x7x3_1"
          + " tower_1/conv_1=branch7x7x3_2 tower_1/conv_2=branch7x7x3_3"
          + " tower_1/conv_3=branch7x7x3_4";
  private static final String COARSE =
      "conv=branch1x1 tower/conv=branch3x3_1 tower/mixed/conv=branch3x3_2a"
          + " tower/mixed/conv_1=branch3x3_2b tower_1/conv=branch3x3dbl_1"
          + " tower_1/conv_1=branch3x3dbl_2 tower_1/mixed/conv=branch3x3dbl_3a"
          + " tower_1/mixed/conv_1=branch3x3dbl_3b tower_2/conv=branch_pool";

  /** A convolution's names. */
  private record Pair(String layer, String module) {}

  private InceptionNaming() {}

  private static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    String[] stem = {"1a_3x3", "2a_3x3", "2b_3x3", "3b_1x1", "4a_3x3"};
    for (int i = 0; i < stem.length; i++) {
      pairs.add(new Pair(i == 0 ? "conv" : "conv_" + i, "Conv2d_" + stem[i]));
    }
    String[] blocks = {"5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c"};
    String[] kinds = {
      FINE,
      FINE,
      FINE,
      FIRST_HALVING,
      MIDDLE,
      MIDDLE,
      MIDDLE,
      MIDDLE,
      SECOND_HALVING,
      COARSE,
      COARSE
    };
    for (int i = 0; i < blocks.length; i++) {
      for (String pair : kinds[i].split(" ")) {
        String[] names = pair.split("=");
        pairs.add(
            new Pair(
                (i == 0 ? "mixed/" : "mixed_" + i + "/") + names[0],
                "Mixed_" + blocks[i] + "." + names[1]));
      }
    }
    return pairs;
  }

  /** By PyTorch's names, with this many of the classes. */
  static MapArrays pytorch(OfficialInceptionGraph graph, int classes) {
    MapArrays arrays = new MapArrays();
    for (Pair pair : pairs()) {
      String kernel = pair.layer() + "/conv2d_params";
      long[] shape = graph.shapes.get(kernel);
      arrays.put(
          pair.module() + ".conv.weight",
          outputsFirst(graph.values.get(kernel), shape),
          shape[3],
          shape[2],
          shape[0],
          shape[1]);
      Map.of(
              "gamma", "weight",
              "beta", "bias",
              "moving_mean", "running_mean",
              "moving_variance", "running_var")
          .forEach(
              (own, theirs) ->
                  arrays.put(
                      pair.module() + ".bn." + theirs,
                      graph.values.get(pair.layer() + "/batchnorm/" + own),
                      shape[3]));
      arrays.put(pair.module() + ".bn.num_batches_tracked", new float[] {0});
    }
    long[] matrix = {1, 1, 2048, classes};
    arrays.put("fc.weight", outputsFirst(matrix(graph, classes), matrix), classes, 2048);
    arrays.put("fc.bias", bias(graph, classes), classes);
    return arrays;
  }

  /**
   * By the names of a Keras file whose program had made three convolutions before. A factor that is
   * one everywhere is left out, as Keras does.
   */
  static MapArrays keras(OfficialInceptionGraph graph) {
    MapArrays arrays = new MapArrays();
    List<Pair> pairs = pairs();
    // HDF5 gives names in the order of the alphabet, _10 before _4.
    for (int i = pairs.size() - 1; i >= 0; i--) {
      String layer = pairs.get(i).layer();
      long[] shape = graph.shapes.get(layer + "/conv2d_params");
      String conv = "model_weights/conv2d_" + (i + 3);
      String norm = "model_weights/batch_normalization" + (i == 0 ? "" : "_" + i);
      arrays.put(
          conv + conv.substring(13) + "/kernel:0",
          graph.values.get(layer + "/conv2d_params"),
          shape);
      for (String part : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
        if (layer.startsWith("mixed") || !part.equals("gamma")) {
          arrays.put(
              norm + norm.substring(13) + "/" + part + ":0",
              graph.values.get(layer + "/batchnorm/" + part),
              shape[3]);
        }
      }
    }
    arrays.put("optimizer_weights/adam/conv2d_3/kernel:0", new float[1], 1);
    arrays.put("model_weights/predictions/predictions/kernel:0", matrix(graph, 1000), 2048, 1000);
    arrays.put("model_weights/predictions/predictions/bias:0", bias(graph, 1000), 1000);
    return arrays;
  }

  /** The first columns of the last layer's matrix. */
  static float[] matrix(OfficialInceptionGraph graph, int classes) {
    float[] all = graph.values.get("softmax/weights");
    float[] some = new float[2048 * classes];
    for (int row = 0; row < 2048; row++) {
      System.arraycopy(all, row * 1008, some, row * classes, classes);
    }
    return some;
  }

  /** The first numbers of its bias. */
  static float[] bias(OfficialInceptionGraph graph, int classes) {
    return Arrays.copyOf(graph.values.get("softmax/biases"), classes);
  }

  /** [height, width, in, out] to [out, in, height, width]. */
  private static float[] outputsFirst(float[] values, long[] shape) {
    int in = (int) shape[2];
    int out = (int) shape[3];
    int pixels = values.length / in / out;
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int o = i % out;
      int c = i / out % in;
      int pixel = i / out / in;
      result[(o * in + c) * pixels + pixel] = values[i];
    }
    return result;
  }
}
