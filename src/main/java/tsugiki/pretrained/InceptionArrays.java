package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.NamedArrays;

/**
 * Weights of Inception v3 with its batch normalisations beside the convolutions, which are folded
 * into them on loading: w · g / √(v + ε) and b − m · g / √(v + ε), in float64.
 *
 * @param file what messages call the file
 * @param arrays its arrays
 * @param layout what lies where in it
 */
record InceptionArrays(String file, NamedArrays arrays, InceptionLayout layout)
    implements InceptionWeights {
  /** The normalisations' ε in all published trainings. */
  static final double EPSILON = 1e-3;

  private static final String KERNEL = "/kernel";
  private static final String SOFTMAX = "softmax/";

  @Override
  public void fill(Session session, Weights weights) {
    checkAllThere(weights);
    Map<Weight, float[]> all = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      all.put(weight, values(below(weights, weight), weight.shape().asArray()));
    }
    WeightValues.set(session, all);
  }

  @Override
  public WeightOrigin origin() {
    return WeightOrigin.of(Path.of(file));
  }

  private void checkAllThere(Weights weights) {
    Set<String> there = arrays.names();
    List<String> missing = new ArrayList<>();
    for (Weight weight : weights.all()) {
      String name = below(weights, weight);
      if (name.startsWith(SOFTMAX)) {
        missing.add(name.endsWith(KERNEL) ? layout.classKernel() : layout.classBias());
      } else if (name.endsWith(KERNEL)) {
        missing.addAll(names(name).all());
      }
    }
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "'%s' lacks the array %s%s; give a file of Inception v3 that is whole, or a tap before it"
              .formatted(
                  file,
                  missing.get(0),
                  missing.size() > 1 ? " and %d others".formatted(missing.size() - 1) : ""));
    }
  }

  private static String below(Weights weights, Weight weight) {
    return weight.name().substring(weights.path().length());
  }

  private ConvolutionNames names(String weight) {
    return layout.convolutions().apply(weight.substring(0, weight.lastIndexOf('/')));
  }

  private float[] values(String weight, long[] shape) {
    boolean kernel = weight.endsWith(KERNEL);
    if (weight.startsWith(SOFTMAX)) {
      return kernel ? kernel(layout.classKernel(), shape) : read(layout.classBias(), shape);
    }
    ConvolutionNames names = names(weight);
    long[] channels = {shape[shape.length - 1]};
    double[] factor = factor(names, channels);
    if (!kernel) {
      return shift(names, factor, channels);
    }
    float[] values = kernel(names.kernel(), shape);
    float[] folded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      folded[i] = (float) (values[i] * factor[i % factor.length]);
    }
    return folded;
  }

  private double[] factor(ConvolutionNames names, long[] channels) {
    float[] variance = read(names.variance(), channels);
    double[] factor = new double[variance.length];
    for (int c = 0; c < factor.length; c++) {
      factor[c] = 1 / Math.sqrt(variance[c] + EPSILON);
    }
    if (names.gain().isPresent()) {
      float[] gain = read(names.gain().get(), channels);
      for (int c = 0; c < factor.length; c++) {
        factor[c] *= gain[c];
      }
    }
    return factor;
  }

  private float[] shift(ConvolutionNames names, double[] factor, long[] channels) {
    float[] shift = read(names.shift(), channels);
    float[] mean = read(names.mean(), channels);
    float[] folded = new float[shift.length];
    for (int c = 0; c < factor.length; c++) {
      folded[c] = (float) (shift[c] - mean[c] * factor[c]);
    }
    return folded;
  }

  /**
   * A kernel with its outputs last.
   *
   * @param shape [height, width, in, out] or [in, out]
   */
  private float[] kernel(String name, long[] shape) {
    if (!layout.outputsFirst()) {
      return read(name, shape);
    }
    int n = shape.length;
    long[] stored = new long[n];
    stored[0] = shape[n - 1];
    stored[1] = shape[n - 2];
    System.arraycopy(shape, 0, stored, 2, n - 2);
    return Arrangement.inputsFirst(
        read(name, stored), Math.toIntExact(stored[0]), Math.toIntExact(stored[1]));
  }

  private float[] read(String name, long[] shape) {
    long[] found = arrays.shape(name);
    if (!Arrays.equals(found, shape)) {
      throw new BadInputException(
          "the array %s of '%s' has the shape %s where this network needs %s; give weights of its"
                  .formatted(name, file, Arrays.toString(found), Arrays.toString(shape))
              + " own training");
    }
    return arrays.values(name);
  }
}
